//! The network address that a request comes from. Behind proxies it is theirs; what they say of it counts only where the
//! configuration says how many there are, because anybody can send the header.

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderName};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use std::net::{IpAddr, SocketAddr};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address of whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Network(pub(crate) IpAddr);

/// The site, told of each request which network it comes from, behind that many proxies of ours.
pub(crate) fn told(router: Router, proxies: usize) -> Router {
    router.layer(from_fn(move |mut request: Request, next: Next| async move {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        if let Some(peer) = peer {
            let network = Network(of(peer, request.headers(), proxies));
            request.extensions_mut().insert(network);
        }
        let response: Response = next.run(request).await;
        response
    }))
}

/// Each proxy adds at the end who asked it, so ours are counted from there: what stands before may be made up. Where the header
/// says less than it must, nobody but the proxy is known.
fn of(peer: IpAddr, headers: &HeaderMap, proxies: usize) -> IpAddr {
    let Some(position) = proxies.checked_sub(1) else { return peer };
    let values = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
    let said: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
    said.iter().rev().nth(position).and_then(|address| parsed(address)).unwrap_or(peer)
}

/// Some proxies add the port.
fn parsed(address: &str) -> Option<IpAddr> {
    address.parse().ok().or_else(|| address.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const PROXY: &str = "10.0.0.1";

    fn seen(forwarded_for: &[&'static str], proxies: usize) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded_for {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(value));
        }
        of(PROXY.parse().unwrap(), &headers, proxies).to_string()
    }

    #[test]
    fn what_anybody_can_say_counts_for_nothing_where_there_is_no_proxy() {
        assert_eq!(seen(&["192.0.2.7"], 0), PROXY);
    }

    #[test]
    fn what_our_proxies_add_counts_and_what_is_sent_to_them_does_not() {
        assert_eq!(seen(&["203.0.113.9, 192.0.2.7"], 1), "192.0.2.7");
        assert_eq!(seen(&["203.0.113.9", "192.0.2.7, 10.0.0.2"], 2), "192.0.2.7");
        assert_eq!(seen(&["[2001:db8::1]:443"], 1), "2001:db8::1");
    }

    #[test]
    fn where_too_little_is_said_only_the_proxy_is_known() {
        for said in [&[][..], &["192.0.2.7"], &["nonsense, 192.0.2.7"]] {
            assert_eq!(seen(said, 2), PROXY, "{said:?}");
        }
    }
}
