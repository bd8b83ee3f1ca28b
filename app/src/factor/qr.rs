use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};
use secrecy::{ExposeSecret, SecretString};
use std::fmt::Write;

/// What readers want around a code.
const QUIET: usize = 4;

/// The text as a QR code, dark on light in both themes, because readers want it so. Without one where the text is too long.
#[component]
pub(super) fn Qr(text: SecretString) -> impl IntoView {
    drawn(text.expose_secret()).map(|(side, path)| {
        view! {
            <svg class="qr" role="img" aria-label="QR code of the key" viewBox=format!("0 0 {side} {side}")>
                <rect width=side height=side fill="#fff"/>
                <path d=path fill="#000"/>
            </svg>
        }
    })
}

/// The length of a side, and a square for each dark module.
fn drawn(text: &str) -> Option<(usize, String)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let path = dark.fold(String::new(), |mut path, (at, _)| {
        // Writing to a string does not fail.
        let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
        path
    });
    Some((width + 2 * QUIET, path))
}

#[cfg(test)]
mod tests {
    use super::drawn;

    #[test]
    fn a_code_begins_with_its_finder_pattern_inside_the_quiet_zone() {
        let (side, path) = drawn("otpauth://totp/Seatboard:a?secret=JBSWY3DP").unwrap();
        assert!(side >= 21 + 8, "{side}");
        assert!(path.starts_with("M4 4h1v1h-1zM5 4h1v1h-1zM6 4"), "{path}");
        assert_ne!(path, drawn("otpauth://totp/Seatboard:a?secret=JBSWY3DQ").unwrap().1);
    }

    #[test]
    fn a_text_that_does_not_fit_has_none() {
        assert!(drawn(&"x".repeat(3000)).is_none());
    }
}
