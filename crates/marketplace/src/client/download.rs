//! Files of reports, which lie on another host.

use super::Client;
use super::connection::{ip, is_loopback};
use super::error::{Error, ErrorKind};
use super::gate::CallKind;
use super::reach::{NotPublic, Reach};
use super::transport::{causes, failure};
use crate::models::Confidential;
use bytes::Bytes;
use futures::stream::{BoxStream, StreamExt, try_unfold};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Response, StatusCode, Url};
use std::fmt;

const OPERATION: &str = "download report";

/// A file on its way.
pub struct Download {
    /// What the host says it is.
    pub content_type: Option<String>,
    /// How many bytes it has, if the host says so.
    pub length: Option<u64>,
    /// Its content.
    pub content: BoxStream<'static, Result<Bytes, Error>>,
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("content_type", &self.content_type)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Fetches the file of a completed report; fails when it is, or turns out to be, larger than `largest` bytes.
    ///
    /// The address is a secret of its own: it is fetched without the marketplace's token and key, which the host would
    /// refuse and should not learn, redirects are not followed, and it appears in no log and no error. An address that
    /// has expired is [`ErrorKind::Forbidden`], a file that is gone [`ErrorKind::NotFound`].
    pub async fn download_report(&self, address: &Confidential, largest: Option<u64>) -> Result<Download, Error> {
        let url = self.download_url(address)?;
        let response = self.shared.transport.downloads.get(url).send().await.map_err(failed)?;
        if !response.status().is_success() {
            return Err(refused(response.status()));
        }
        let length = response.content_length();
        let left = largest.unwrap_or(u64::MAX);
        if length.is_some_and(|length| length > left) {
            return Err(too_large());
        }
        let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        Ok(Download { content_type: content_type.map(str::to_owned), length, content: content(response, left) })
    }

    /// Plain HTTP only from this machine to this machine; other addresses that are not public not at all. Those of names
    /// are looked at when they are connected to.
    fn download_url(&self, address: &Confidential) -> Result<Url, Error> {
        let url = Url::parse(address.expose()).map_err(|_| unfit("the report's address is none"))?;
        let from_here = self.shared.endpoint.is_loopback();
        match url.scheme() {
            "https" => {}
            "http" if from_here && is_loopback(&url) => {}
            _ => return Err(unfit("the report's address is not encrypted")),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(unfit("the report's address holds a user"));
        }
        match ip(&url) {
            Some(ip) if !Reach::of(from_here).admits(ip) => Err(not_public()),
            _ => Ok(url),
        }
    }
}

fn content(response: Response, largest: u64) -> BoxStream<'static, Result<Bytes, Error>> {
    try_unfold((response, largest), async |(mut response, left)| {
        let Some(chunk) = response.chunk().await.map_err(failed)? else { return Ok(None) };
        let left = left.checked_sub(u64::try_from(chunk.len()).unwrap_or(u64::MAX)).ok_or_else(too_large)?;
        Ok(Some((chunk, (response, left))))
    })
    .boxed()
}

fn refused(status: StatusCode) -> Error {
    let (kind, message) = match status.as_u16() {
        401 | 403 => (ErrorKind::Forbidden, "the report's address has expired"),
        404 | 410 => (ErrorKind::NotFound, "the report's file is gone"),
        500.. => (ErrorKind::Unavailable, "the host of the report's file is not available"),
        _ => (ErrorKind::Upstream, "the host of the report's file refused"),
    };
    Error::local(kind, OPERATION, CallKind::Read, message).with_status(status.as_u16())
}

fn failed(error: reqwest::Error) -> Error {
    if causes(&error).any(<dyn std::error::Error>::is::<NotPublic>) {
        return not_public();
    }
    failure(OPERATION, CallKind::Read, error)
}

fn not_public() -> Error {
    unfit("the report's address leads to a private network, where no report is")
}

fn too_large() -> Error {
    Error::local(ErrorKind::TooLarge, OPERATION, CallKind::Read, "the report's file is too large")
}

fn unfit(message: &str) -> Error {
    Error::local(ErrorKind::Invalid, OPERATION, CallKind::Read, message)
}
