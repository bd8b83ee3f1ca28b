//! The macro behind every structure of the models, so that none of their fields forgets to be tolerant.

/// Declares a structure of the marketplace, with `camelCase` members that follow [`Field`](super::field::Field).
///
/// - `pub struct Name { … }`: every field optional; derives `Default`.
/// - `pub struct Name { always { … } … }`: the same, but some are written even when there is nothing in them.
/// - `pub struct Name { required { … } … }`: with fields that must be there; has `Name::new(required…)`.
/// - `pub struct Name { flattened { … } … }`: with another structure's fields among its own; has `Name::new(flattened)`.
macro_rules! model {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $(
                $(#[$field_meta])*
                #[serde(
                    default = "crate::models::field::Field::absent",
                    deserialize_with = "crate::models::field::Field::read",
                    serialize_with = "crate::models::field::Field::write",
                    skip_serializing_if = "crate::models::field::Field::is_absent"
                )]
                pub $field: $type,
            )*
        }

        impl crate::models::field::Wire for $name {}
    };
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            always { $($(#[$always_meta:meta])* pub $always:ident: $always_type:ty,)+ }
            $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $(
                $(#[$always_meta])*
                #[serde(
                    default = "crate::models::field::Field::absent",
                    deserialize_with = "crate::models::field::Field::read",
                    serialize_with = "crate::models::field::Field::write"
                )]
                pub $always: $always_type,
            )+
            $(
                $(#[$field_meta])*
                #[serde(
                    default = "crate::models::field::Field::absent",
                    deserialize_with = "crate::models::field::Field::read",
                    serialize_with = "crate::models::field::Field::write",
                    skip_serializing_if = "crate::models::field::Field::is_absent"
                )]
                pub $field: $type,
            )*
        }

        impl crate::models::field::Wire for $name {}
    };
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            required { $($(#[$required_meta:meta])* pub $required:ident: $required_type:ty,)+ }
            $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $($(#[$required_meta])* pub $required: $required_type,)+
            $(
                $(#[$field_meta])*
                #[serde(
                    default = "crate::models::field::Field::absent",
                    deserialize_with = "crate::models::field::Field::read",
                    serialize_with = "crate::models::field::Field::write",
                    skip_serializing_if = "crate::models::field::Field::is_absent"
                )]
                pub $field: $type,
            )*
        }

        impl $name {
            /// With what must be there; everything else absent.
            pub fn new($($required: impl Into<$required_type>),+) -> Self {
                Self {
                    $($required: $required.into(),)+
                    $($field: crate::models::field::Field::absent(),)*
                }
            }
        }

        impl crate::models::field::Wire for $name {}
    };
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            flattened { $(#[$flat_meta:meta])* pub $flat:ident: $flat_type:ty, }
            $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $(#[$flat_meta])*
            #[serde(flatten)]
            pub $flat: $flat_type,
            $(
                $(#[$field_meta])*
                #[serde(
                    default = "crate::models::field::Field::absent",
                    deserialize_with = "crate::models::field::Field::read",
                    serialize_with = "crate::models::field::Field::write",
                    skip_serializing_if = "crate::models::field::Field::is_absent"
                )]
                pub $field: $type,
            )*
        }

        impl $name {
            #[doc = concat!("With the fields of [`", stringify!($flat_type), "`]; everything else absent.")]
            pub fn new($flat: $flat_type) -> Self {
                Self { $flat, $($field: crate::models::field::Field::absent(),)* }
            }
        }

        impl crate::models::field::Wire for $name {}
    };
}

/// Declares an enumeration of the marketplace that survives values nobody told us about: they are kept in `Other`.
///
/// Reading ignores case, because answers are known to write `XLSX` for `xlsx`; writing uses the value given here.
macro_rules! wire_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
            /// A value that the contract does not list, as it was sent.
            Other(String),
        }

        impl $name {
            /// Every value that the contract lists.
            pub const LISTED: &'static [Self] = &[$(Self::$variant),+];

            /// As the marketplace writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                let text = text.trim();
                let listed = Self::LISTED.iter().find(|value| value.as_str().eq_ignore_ascii_case(text));
                listed.cloned().unwrap_or_else(|| Self::Other(text.to_owned()))
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                Ok(Self::from(crate::models::field::text(value).as_str()))
            }
        }

        impl crate::models::field::Wire for $name {
            fn from_json(value: serde_json::Value) -> Result<Option<Self>, serde_json::Error> {
                let text = crate::models::field::text(value);
                Ok(Some(text.trim()).filter(|text| !text.is_empty()).map(Self::from))
            }
        }
    };
}

pub(crate) use model;
pub(crate) use wire_enum;
