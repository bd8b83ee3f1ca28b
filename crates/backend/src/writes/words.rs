//! What people are told while nobody knows.

use super::kind::Kind;
use crate::Error;

/// Whoever sends it has no answer yet.
pub(super) fn being_sent(kind: Kind) -> Error {
    let subject = kind.subject();
    Error::Unknown(if kind.creates() {
        format!(
            "This {subject} is being created at this moment; the marketplace can take more than a minute. Overview shows it \
             until it is done. Sending this form once more creates no second one."
        )
    } else {
        format!(
            "This is being sent at this moment; the marketplace can take more than a minute. The {subject}'s page shows it."
        )
    })
}

/// The answer is lost.
pub(super) fn nobody_knows(kind: Kind) -> Error {
    let subject = kind.subject();
    Error::Unknown(match kind {
        Kind::ReportSchedule => "The marketplace did not confirm this report, so it may or may not have been scheduled. \
                                 Nothing is sent again by itself: Seatboard looks for the report, and the list of reports \
                                 shows what it finds. Look there before you ask again."
            .to_owned(),
        kind if kind.creates() => format!(
            "The marketplace did not confirm this {subject}, so it may or may not have been created. Nothing is sent again by \
             itself: Seatboard looks for the {subject}, and Overview shows what it finds. Sending this form once more only \
             looks again."
        ),
        _ => format!(
            "The marketplace did not confirm this, so we do not know yet whether it was done. Nothing is sent again by itself: \
             Seatboard looks at the {subject}, and its page shows what it finds."
        ),
    })
}
