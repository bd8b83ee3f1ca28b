//! `docs/backup.md`, tried: what was dumped is restored into a new database, a server starts on it, and the activity is as it
//! was written.

use super::form::Form;
use super::http::Browser;
use super::process::Settings;
use super::say::say;
use super::world::config;
use marketplace_sim::Simulator;
use sqlx::{AssertSqlSafe, ConnectOptions, PgPool};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ADMIN: &str = "admin@seatboard.example";

/// The newest of Postgres's programs of that name.
fn program(name: &str) -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.sort();
    let on_path = std::env::split_paths(&std::env::var_os("PATH")?).collect::<Vec<_>>();
    folders.into_iter().rev().chain(on_path).map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn run(program: &Path, arguments: &[&str]) {
    let Output { status, stderr, .. } = Command::new(program).args(arguments).output().unwrap();
    assert!(status.success(), "{}: {}", program.display(), String::from_utf8_lossy(&stderr));
}

/// The address without what only sqlx reads.
fn of_libpq(url: &str) -> &str {
    url.split('?').next().unwrap_or_default()
}

/// What `activity verify` prints.
fn verified(settings: &Settings, arguments: &[&str]) -> String {
    let output = settings.run(&[&["activity", "verify"], arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_server_starts_on_what_was_restored_and_the_activity_is_as_it_was_written(pool: PgPool) {
    let (Some(dump), Some(restore)) = (program("pg_dump"), program("pg_restore")) else {
        return say("NOT checked: backups. pg_dump and pg_restore are not installed.");
    };
    let marketplace = Simulator::start(config()).await.unwrap();
    let options = pool.connect_options();
    let url = options.to_url_lossy().to_string();
    let settings = Settings::new("dumped", &url, &marketplace, 0).without_marketplace();
    settings.create_staff();
    let mut server = settings.start().await;
    let mut browser = Browser::at(server.address);
    browser.sign_in(ADMIN).await;
    connect(&mut browser, &marketplace).await;
    server.kill();
    let before = verified(&settings, &[]);
    let head = before.lines().last().unwrap().strip_prefix("head: ").unwrap().to_owned();

    let file = settings.log().with_extension("dump");
    let file_name = file.display().to_string();
    run(&dump, &["--format=custom", "--no-owner", "--no-privileges", "--file", &file_name, "--dbname", of_libpq(&url)]);
    let name = format!("restored_{}", std::process::id());
    let elsewhere = PgPool::connect_with(options.as_ref().clone().database("postgres")).await.unwrap();
    for statement in [format!("drop database if exists {name} with (force)"), format!("create database {name}")] {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&elsewhere).await.unwrap();
    }
    let restored = options.as_ref().clone().database(&name);
    let restored_url = restored.to_url_lossy().to_string();
    run(
        &restore,
        &["--exit-on-error", "--no-owner", "--no-privileges", "--dbname", of_libpq(&restored_url), &file_name],
    );
    std::fs::remove_file(&file).unwrap();

    let settings = Settings::new("restored", &restored_url, &marketplace, 0).without_marketplace();
    assert_eq!(verified(&settings, &["--expect", &head]), before);
    let mut server = settings.start().await;
    let mut again = browser.moved_to(server.address);
    let page = again.get("/settings/connection").await.unwrap();
    assert!(page.body.contains("these settings, by "), "who was signed in still is: {}", page.body);
    assert!(!page.body.contains("cannot be read"), "the stored secrets open with the same SECRET_KEY");
    let pool = PgPool::connect_with(restored).await.unwrap();
    let tampered = sqlx::raw_sql("update activity set actor = 'Somebody Else'").execute(&pool).await;
    assert!(tampered.is_err(), "the activity only grows, also here");
    server.kill();
    pool.close().await;
    let statement = format!("drop database {name} with (force)");
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&elsewhere).await.unwrap();
}

/// Stores the connection in Settings.
pub(super) async fn connect(browser: &mut Browser, marketplace: &Simulator) {
    let page = browser.get("/settings/connection").await.unwrap();
    let known = marketplace.credentials();
    let form = Form::find(&page.body, "/api/save_connection").unwrap();
    let filled = [
        ("url", &*marketplace.url()),
        ("code", &known.marketplace),
        ("username", &known.username),
        ("password", &known.password),
        ("subscription_key", &known.subscription_key),
    ];
    let form = filled.into_iter().fold(form, |form, (name, value)| form.with(name, value));
    browser.post("/api/save_connection", &form.encode()).await.unwrap();
    let page = browser.get("/settings/connection").await.unwrap();
    assert!(page.body.contains("is stored and in use"), "{}", page.body);
}
