//! What scripts rely on: the lines the binary prints, and that it stops when told.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

#[test]
fn the_binary_prints_how_to_connect_and_stops_on_sigterm() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_marketplace-sim"))
        .args(["--listen", "127.0.0.1:0", "--customers", "3", "--rate-per-minute", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for name in
        ["url: http://127.0.0.1:", "marketplace: us", "username: ", "password: sim-password-", "subscription-key: "]
    {
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert!(line.starts_with(name), "{line}");
    }
    let stopped = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    assert!(child.wait().unwrap().success());
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "", "nothing else goes to stdout");
}
