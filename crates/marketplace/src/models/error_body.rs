//! What refusals look like.

use super::model::model;

model! {
    /// The body of a refusal, in any of the three spellings in use: the API's own (`timeStamp`, `message`), its framework's
    /// (`timestamp`, `error`) and the gateway's (`statusCode`, `message`, nothing else).
    pub struct ErrorBody {
        /// When, as it was written.
        pub time_stamp: Option<String>,
        /// When, in the framework's spelling.
        #[serde(rename = "timestamp")]
        pub timestamp: Option<String>,
        /// The HTTP status.
        pub status: Option<i64>,
        /// The HTTP status, in the gateway's spelling.
        pub status_code: Option<i64>,
        /// What went wrong, for people.
        pub message: Option<String>,
        /// The status in words, or what went wrong.
        pub error: Option<String>,
        /// The path that was called, without the base.
        pub path: Option<String>,
        /// For the marketplace's support.
        pub correlation_id: Option<String>,
        /// Not seen in a real answer, but reported.
        pub code: Option<String>,
    }
}

impl ErrorBody {
    /// What went wrong, from whichever field says it.
    pub fn text(&self) -> Option<&str> {
        [&self.message, &self.error].into_iter().flatten().map(|text| text.trim()).find(|text| !text.is_empty())
    }
}
