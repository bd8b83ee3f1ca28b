use domain::Money;
use uuid::Uuid;

/// What a person confirmed with the last click of a review.
#[derive(Clone, Debug)]
pub struct Confirmation {
    /// What they were told it costs now: another price refuses the order.
    pub shown: Option<Money>,
    /// One per review page: the same again answers with the same intent.
    pub form_token: Uuid,
    /// The address of the review page, from where the order can be placed again should it fail.
    pub review_path: String,
    /// They know that they placed the same order a moment ago, and want another one.
    pub again: bool,
}
