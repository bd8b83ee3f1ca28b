//! One world: a stand-in marketplace, a database that is a copy of a prepared one, and a server.

use super::database::Database;
use super::http::Browser;
use super::path::Path;
use super::process::{Server, Settings};
use super::stop::Stop;
use super::target::{self, Target};
use super::truth;
use marketplace_sim::{Config, Simulator};
use sqlx::postgres::PgConnectOptions;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Who does everything: an account manager, who may make every write.
pub(crate) const PERSON: &str = "manager@seatboard.example";

/// What every world begins with: the whole account copied, a person signed in, and something to try each write with.
#[derive(Clone)]
pub(crate) struct Template {
    pub(crate) database: PgConnectOptions,
    browser: Browser,
    targets: BTreeMap<Path, Target>,
}

impl Template {
    /// Prepares the database that `pool` leads to, and leaves it without a connection.
    pub(crate) async fn prepare(pool: sqlx::PgPool) -> Self {
        let database = pool.connect_options().as_ref().clone();
        let marketplace = Simulator::start(config()).await.unwrap();
        let url = sqlx::ConnectOptions::to_url_lossy(&database).to_string();
        let settings = Settings::new("template", &url, &marketplace, 0);
        settings.create_staff();
        let mut server = settings.start().await;
        let mut browser = Browser::at(server.address);
        browser.sign_in(PERSON).await;
        let begun = Instant::now();
        while !truth::is_copied(&pool).await.unwrap() {
            assert!(begun.elapsed() < Duration::from_mins(1), "the account is copied");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let targets = target::find(&pool, &mut browser).await;
        server.kill();
        Stop::prepare(&pool).await.unwrap();
        pool.close().await;
        Self { database, browser, targets }
    }
}

/// The demo's account, without limits.
pub(crate) fn config() -> Config {
    Config { rate_per_minute: 0, calls_per_day: 0, ..Config::default() }
}

/// A world of its own.
pub(crate) struct World {
    pub(crate) marketplace: Simulator,
    pub(crate) database: Database,
    settings: Settings,
    server: Mutex<Server>,
    pub(crate) browser: Browser,
    targets: BTreeMap<Path, Target>,
}

impl World {
    pub(crate) async fn open(template: &Template, name: &str) -> Self {
        let marketplace = Simulator::start(config()).await.unwrap();
        let database = Database::copy(&template.database, name).await;
        truth::copied_from(&database.pool, &marketplace.url()).await.unwrap();
        truth::without_breaker(&database.pool).await.unwrap();
        let settings = Settings::new(name, &database.url, &marketplace, 0);
        let server = settings.start().await;
        let browser = template.browser.moved_to(server.address);
        Self { marketplace, database, settings, server: Mutex::new(server), browser, targets: template.targets.clone() }
    }

    pub(crate) fn target(&self, path: Path) -> Target {
        self.targets[&path].clone()
    }

    /// `kill -9`.
    pub(crate) async fn kill(&self) {
        self.server.lock().await.kill();
    }

    /// Starts the server again, where it was.
    pub(crate) async fn start_again(&self) {
        *self.server.lock().await = self.settings.start().await;
    }

    /// Where its log is.
    pub(crate) fn log(&self) -> String {
        self.settings.log().display().to_string()
    }

    pub(crate) async fn close(self) {
        self.server.lock().await.kill();
        self.database.remove().await;
    }
}
