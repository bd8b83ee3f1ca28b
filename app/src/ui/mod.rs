//! The parts pages are built from. None of them knows the marketplace.

mod action;
mod attribute_rows;
mod away_banner;
mod badge;
mod copy_button;
mod correlation_id;
mod error_panel;
mod fields;
mod icon;
mod layout;
mod list;
mod load;
mod loads_again;
mod not_priced;
mod page;
mod time;
mod told;

pub(crate) use action::{Disabled, LinkAction};
pub(crate) use attribute_rows::{AttributeRows, spare_attributes};
pub(crate) use badge::{Badge, Tone, status_tone, status_words};
pub(crate) use copy_button::CopyButton;
pub(crate) use correlation_id::CorrelationId;
pub(crate) use error_panel::{ErrorPage, ErrorPanel, NotFoundPage};
pub(crate) use fields::{ErrorSummary, Field, Hidden, SelectField, textarea_content};
pub(crate) use icon::Icon;
pub(crate) use layout::Layout;
pub(crate) use list::{Empty, ExportLink, FilterForm, ListFooter, SortHeader, list_request};
pub(crate) use load::load;
pub(crate) use loads_again::{LoadsAgain, this_page};
pub(crate) use not_priced::{NotPriced, unless_not_priced};
pub(crate) use page::{Crumb, Page};
pub(crate) use time::{AsOf, DateText, TimeText};
pub(crate) use told::ToldView;
