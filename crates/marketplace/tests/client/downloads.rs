use crate::support::{Fault, Socket, client, impatient_client};
use futures::TryStreamExt;
use marketplace::models::Confidential;
use marketplace::{Client, Connection, Error, ErrorKind, Options, RetryPolicy};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// A host of files, which is not the marketplace.
async fn files(response: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(response).mount(&server).await;
    server
}

async fn fetched(client: &Client, address: &str, largest: Option<u64>) -> Result<Vec<u8>, Error> {
    let download = client.download_report(&Confidential::new(address), largest).await?;
    Ok(download.content.try_collect::<Vec<_>>().await?.concat())
}

#[tokio::test]
async fn a_file_is_fetched_without_the_token_and_the_key() {
    let server = files(ResponseTemplate::new(200).set_body_raw("a,b\n1,2\n", "text/csv")).await;
    let content = fetched(&client("http://127.0.0.1:9"), &format!("{}/x.csv?sig=s", server.uri()), None).await;
    assert_eq!(content, Ok(b"a,b\n1,2\n".to_vec()));
    let request = server.received_requests().await.unwrap().pop().unwrap();
    assert!(request.headers.get("authorization").is_none() && request.headers.get("x-subscription-key").is_none());
}

#[tokio::test]
async fn an_expired_address_and_a_lost_file_are_told_apart() {
    for (status, kind) in [(403, ErrorKind::Forbidden), (404, ErrorKind::NotFound), (503, ErrorKind::Unavailable)] {
        let server = files(ResponseTemplate::new(status).set_body_string("<Error>sig=opensesame</Error>")).await;
        let address = format!("{}/x.csv?sig=opensesame", server.uri());
        let error = fetched(&client("http://127.0.0.1:9"), &address, None).await.unwrap_err();
        assert_eq!(error.kind(), &kind);
        assert!(!format!("{error} {error:?}").contains("opensesame"));
    }
}

#[tokio::test]
async fn an_unreachable_host_is_reported_without_its_address() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/x.csv?sig=opensesame", listener.local_addr().unwrap());
    drop(listener);
    let error = fetched(&client("http://127.0.0.1:9"), &address, None).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Connect);
    assert!(!format!("{error} {error:?}").contains("opensesame"));
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let elsewhere = files(ResponseTemplate::new(200)).await;
    let server = files(ResponseTemplate::new(302).insert_header("location", elsewhere.uri())).await;
    let error = fetched(&client("http://127.0.0.1:9"), &server.uri(), None).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Upstream);
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn only_encrypted_addresses_are_fetched_from_other_machines() {
    for address in ["http://files.example/x.csv", "ftp://files.example/x.csv", "file:///etc/passwd", "x.csv"] {
        let error = fetched(&client("http://127.0.0.1:9"), address, None).await.unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::Invalid, "{address}");
    }
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_whether_announced_or_not() {
    let server = files(ResponseTemplate::new(200).set_body_string("x".repeat(1_000))).await;
    let announced = fetched(&client("http://127.0.0.1:9"), &server.uri(), Some(999)).await;
    assert_eq!(announced.unwrap_err().kind(), &ErrorKind::TooLarge);
    assert_eq!(fetched(&client("http://127.0.0.1:9"), &server.uri(), Some(1_000)).await.map(|x| x.len()), Ok(1_000));
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n";
    let socket = Socket::start(Fault::Say(chunked)).await;
    let unannounced = fetched(&client("http://127.0.0.1:9"), &socket.origin, Some(7)).await;
    assert_eq!(unannounced.unwrap_err().kind(), &ErrorKind::TooLarge);
}

#[tokio::test]
async fn a_file_that_is_cut_off_or_never_comes_is_an_error() {
    let cut_off = Socket::start(Fault::Say("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\na,b")).await;
    let error = fetched(&client("http://127.0.0.1:9"), &cut_off.origin, None).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Interrupted);
    let silent = Socket::start(Fault::Silence).await;
    let error = fetched(&impatient_client("http://127.0.0.1:9"), &silent.origin, None).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Timeout);
}

/// A client of a marketplace somewhere on the Internet.
fn client_of_elsewhere() -> Client {
    let connection = Connection {
        base_url: "https://marketplace.example/eu".into(),
        marketplace: "us".into(),
        username: "someone.API".into(),
        password: "password".into(),
        subscription_key: "key".into(),
    };
    Client::new(connection, Options { retry: RetryPolicy::never(), ..Options::default() }).unwrap()
}

#[tokio::test]
async fn nobody_on_this_machine_or_its_network_is_asked_for_a_report_of_elsewhere() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f.1",
        "10.0.0.1",
        "169.254.169.254",
        "[fd00::1]",
    ] {
        let address = format!("https://{host}:{port}/x.csv?sig=opensesame");
        let error = fetched(&client_of_elsewhere(), &address, None).await.unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::Invalid, "{host}: {error}");
        assert!(error.message().contains("private network"), "{host}: {error}");
        assert!(!format!("{error} {error:?}").contains("opensesame"));
    }
    let nobody_came = tokio::time::timeout(std::time::Duration::from_millis(50), listener.accept()).await;
    assert!(nobody_came.is_err(), "somebody was connected to");
}

#[tokio::test]
async fn a_marketplace_on_this_machine_does_not_open_the_network_beside_it() {
    for address in ["https://10.0.0.1/x.csv", "https://[fe80::1]/x.csv", "https://user:word@files.example/x.csv"] {
        let error = fetched(&client("http://127.0.0.1:9"), address, None).await.unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::Invalid, "{address}");
    }
}
