//! Which machines a report may be fetched from. Its address comes from outside: whoever can choose it must not be able to
//! make this server ask its own network.

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::error::Error;
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

/// Who may be asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    loopback: bool,
}

impl Reach {
    /// Public addresses; this machine's own too where the marketplace itself runs on it.
    pub(super) fn of(loopback: bool) -> Self {
        Self { loopback }
    }

    /// Whether this address may be connected to.
    pub(super) fn admits(self, address: IpAddr) -> bool {
        is_public(address) || (self.loopback && address.is_loopback())
    }
}

/// A name leads to no address that may be asked.
#[derive(Debug)]
pub(super) struct NotPublic;

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name leads to no public address")
    }
}

impl Error for NotPublic {}

type LookUp = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;

/// Looks names up for the connections themselves: only what was admitted here is connected to, so a name that leads
/// somewhere else a moment later leads nowhere.
pub(super) struct Guard {
    reach: Reach,
    /// The proxies of the environment, which may well be private. They look the other names up themselves.
    proxies: Vec<String>,
    look_up: Arc<dyn Fn(String) -> LookUp + Send + Sync>,
}

impl Guard {
    pub(super) fn new(reach: Reach) -> Self {
        Self { reach, proxies: proxies(), look_up: Arc::new(|name| Box::pin(by_system(name))) }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = (!self.proxies.iter().any(|proxy| proxy == name.as_str())).then_some(self.reach);
        let found = (self.look_up)(name.as_str().to_owned());
        Box::pin(async move {
            let mut addresses = found.await?;
            addresses.retain(|address| reach.is_none_or(|reach| reach.admits(address.ip())));
            if addresses.is_empty() {
                return Err(Box::new(NotPublic) as Box<dyn Error + Send + Sync>);
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

async fn by_system(name: String) -> io::Result<Vec<SocketAddr>> {
    Ok(tokio::net::lookup_host((name, 0)).await?.collect())
}

/// The hosts of the proxies that the client takes from the environment by itself.
fn proxies() -> Vec<String> {
    let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    let set = std::env::vars().filter(|(name, _)| names.contains(&name.as_str()));
    set.filter_map(|(_, proxy)| host(&proxy)).collect()
}

fn host(proxy: &str) -> Option<String> {
    let with_scheme = if proxy.contains("://") { proxy.to_owned() } else { format!("http://{proxy}") };
    Some(Url::parse(&with_scheme).ok()?.host_str()?.to_owned())
}

/// Whether the address is one of the Internet's, by the special-purpose registries of IANA.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || matches!((a, b, c), (0, ..) | (100, 64..=127, _) | (192, 0, 0) | (192, 88, 99) | (198, 18..=19, _))
        // Multicast, what is reserved, and everybody.
        || a >= 224;
    !special
}

/// Only global unicast, without what is for tunnels, tests and documents: those may lead to a private IPv4 address.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    match segments {
        // NAT64 says which IPv4 address it leads to.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => false,
        [first, ..] => (0x2000..=0x3fff).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::super::transport::{causes, tls};
    use super::*;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    #[test]
    fn addresses_of_the_internet_are_public() {
        for address in
            ["1.1.1.1", "20.60.0.1", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "223.255.255.255"]
                .into_iter()
                .chain(["2606:4700::1111", "2a01:111::1", "64:ff9b::808:808"])
        {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn private_loopback_link_local_multicast_and_other_special_addresses_are_not() {
        let v4 = [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.1",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
        ];
        let v6 = [
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::ffff:8.8.8.8",
            "::10.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:a00:1::1",
            "3fff::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for address in v4.into_iter().chain(v6) {
            assert!(!is_public(address.parse().unwrap()), "{address}");
            assert!(!Reach::of(false).admits(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn this_machine_is_asked_only_where_the_marketplace_runs_on_it_and_no_neighbour_ever() {
        assert!(Reach::of(true).admits("127.0.0.1".parse().unwrap()));
        assert!(Reach::of(true).admits("::1".parse().unwrap()));
        assert!(!Reach::of(true).admits("10.0.0.1".parse().unwrap()));
    }

    #[test]
    fn the_host_of_a_proxy_is_known_however_it_is_written() {
        assert_eq!(host("http://proxy.example:3128/").as_deref(), Some("proxy.example"));
        assert_eq!(host("proxy.example:3128").as_deref(), Some("proxy.example"));
        assert_eq!(host(""), None);
    }

    /// A guard of names that lead to one address after the other.
    fn guard(reach: Reach, answers: Vec<Vec<SocketAddr>>) -> (Arc<Guard>, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        let (counter, answers) = (asked.clone(), Mutex::new(answers.into_iter()));
        let look_up = Arc::new(move |_| -> LookUp {
            counter.fetch_add(1, Ordering::SeqCst);
            let answer = answers.lock().unwrap().next().unwrap_or_default();
            Box::pin(async move { Ok(answer) })
        });
        (Arc::new(Guard { reach, proxies: vec!["proxy.example".to_owned()], look_up }), asked)
    }

    fn name(name: &str) -> Name {
        name.parse().unwrap()
    }

    #[tokio::test]
    async fn of_the_addresses_of_a_name_only_public_ones_are_left() {
        let mixed: Vec<SocketAddr> =
            ["10.0.0.1:0", "8.8.8.8:0", "[::1]:0"].map(|address| address.parse().unwrap()).into();
        let private = vec!["169.254.169.254:0".parse().unwrap()];
        let (guard, _) = guard(Reach::of(false), vec![mixed, private.clone(), private]);
        let left: Vec<SocketAddr> = guard.resolve(name("files.example")).await.unwrap().collect();
        assert_eq!(left, ["8.8.8.8:0".parse().unwrap()]);
        assert!(guard.resolve(name("files.example")).await.is_err_and(|error| error.is::<NotPublic>()));
        assert!(guard.resolve(name("proxy.example")).await.is_ok(), "the environment's own proxy may be private");
    }

    #[tokio::test]
    async fn the_address_that_was_admitted_is_the_one_connected_to() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let here = vec!["10.0.0.1:0".parse().unwrap(), "127.0.0.1:0".parse().unwrap()];
        let elsewhere = vec!["10.0.0.1:0".parse().unwrap()];
        let (guard, asked) = guard(Reach::of(true), vec![here, elsewhere]);
        let client = reqwest::Client::builder().no_proxy().tls_backend_preconfigured(tls(true).unwrap());
        let client = client.dns_resolver(guard).build().unwrap();
        let answered = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 1024];
            let _read = stream.read(&mut request).await.unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nhi").await.unwrap();
        });
        let address = format!("http://files.example:{port}/");
        assert_eq!(client.get(&address).send().await.unwrap().text().await.unwrap(), "hi");
        answered.await.unwrap();
        assert_eq!(asked.load(Ordering::SeqCst), 1, "the name is looked up once, by the guard");
        let refused = client.get(&address).send().await.unwrap_err();
        assert!(causes(&refused).any(<dyn Error>::is::<NotPublic>), "{refused:?}");
    }
}
