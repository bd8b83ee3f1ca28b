//! A running simulator, and the handles a test holds on it.

use crate::config::{Config, Credentials};
use crate::connection::{Cut, CuttableListener};
use crate::faults::{FaultRule, Outage};
use crate::reports::files_router;
use crate::stats::{Effect, Stats};
use crate::world::{Shared, World};
use crate::{control, operations};
use axum::Router;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use time::{Duration, OffsetDateTime};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A stand-in marketplace. It stops when it is dropped.
#[derive(Debug)]
pub struct Simulator {
    pub(crate) world: Shared,
    api: Mutex<Option<JoinHandle<()>>>,
    files: Option<JoinHandle<()>>,
    address: Option<SocketAddr>,
}

impl Simulator {
    /// Invents the data and listens: the API on the configured address, report files on a port of their own.
    ///
    /// Fails when the address cannot be bound.
    pub async fn start(config: Config) -> io::Result<Self> {
        let listener = TcpListener::bind(config.listen).await?;
        let files = TcpListener::bind(SocketAddr::new(config.listen.ip(), 0)).await?;
        let mut simulator = Self::detached(config);
        simulator.address = Some(listener.local_addr()?);
        // Set once, here; a detached simulator has no origin.
        let _ = simulator.world.files_origin.set(format!("http://{}", reachable(files.local_addr()?)));
        simulator.serve(listener);
        let files_router = simulator.files_router();
        simulator.files = Some(tokio::spawn(async move {
            if let Err(error) = axum::serve(files, files_router).await {
                tracing::error!("the report files stopped: {error}");
            }
        }));
        Ok(simulator)
    }

    fn serve(&self, listener: TcpListener) {
        let api = self.router().into_make_service_with_connect_info::<Cut>();
        let listener = CuttableListener { listener, power: self.world.power.clone() };
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, api).await {
                tracing::error!("the API stopped: {error}");
            }
        });
        *self.api.lock().unwrap_or_else(PoisonError::into_inner) = Some(serving);
    }

    /// Stops listening and resets every connection, as a machine does whose power fails. What it knows is kept.
    pub async fn stop_listening(&self) {
        self.world.power.fail();
        let serving = self.api.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(serving) = serving {
            serving.abort();
            // Only then is the port free again.
            let _ended = serving.await;
        }
        // Those that were accepted meanwhile.
        self.world.power.fail();
    }

    /// Listens again at the same address, with everything it knew.
    ///
    /// Fails when the address cannot be bound; a detached simulator has none.
    pub async fn listen_again(&self) -> io::Result<()> {
        let address = self.address.ok_or(io::ErrorKind::AddrNotAvailable)?;
        self.serve(TcpListener::bind(address).await?);
        Ok(())
    }

    /// Both, one after the other.
    pub async fn restart(&self) -> io::Result<()> {
        self.stop_listening().await;
        self.listen_again().await
    }

    /// Invents the data and listens nowhere: [`Simulator::router`] is called directly.
    pub fn detached(config: Config) -> Self {
        Self { world: Arc::new(World::new(config)), api: Mutex::default(), files: None, address: None }
    }

    /// The API at its base path, and the control endpoint.
    pub fn router(&self) -> Router {
        Router::new()
            .nest_service(&self.world.config.base_path, operations::router(&self.world))
            .merge(control::router(&self.world))
    }

    /// The report files, which live at another origin.
    pub fn files_router(&self) -> Router {
        files_router(&self.world)
    }

    /// The API's base URL, such as `http://127.0.0.1:4000/marketplace/us`; without a host when it listens nowhere.
    pub fn url(&self) -> String {
        let origin = self.address.map(|address| format!("http://{}", reachable(address))).unwrap_or_default();
        format!("{origin}{}", self.world.config.base_path)
    }

    /// The only credentials it accepts.
    pub fn credentials(&self) -> &Credentials {
        &self.world.credentials
    }

    /// The marketplace's present.
    pub fn now(&self) -> OffsetDateTime {
        self.world.clock.now()
    }

    /// Moves the marketplace's time forward; what falls due happens.
    pub fn advance(&self, by: Duration) {
        self.world.clock.advance(by);
    }

    /// Makes every token that was issued so far worthless.
    pub fn expire_tokens(&self) {
        self.world.tokens().expire_all();
    }

    /// Plays a fault on the next calls of an operation.
    pub fn add_fault(&self, rule: FaultRule) {
        self.world.faults().add(rule);
    }

    /// Forgets the faults that still wait.
    pub fn clear_faults(&self) {
        self.world.faults().clear();
    }

    /// The faults that still wait.
    pub fn waiting_faults(&self) -> Vec<FaultRule> {
        self.world.faults().waiting().to_vec()
    }

    /// The operations of the calls that stand still, after [`Fault::HoldBefore`](crate::Fault::HoldBefore) or
    /// [`Fault::HoldAfter`](crate::Fault::HoldAfter).
    pub fn held(&self) -> Vec<&'static str> {
        self.world.holds.held()
    }

    /// Lets every call that stands still go on.
    pub fn release_held(&self) {
        self.world.holds.release();
    }

    /// Takes the marketplace down, or brings it back with `None`.
    pub fn set_outage(&self, outage: Option<Outage>) {
        *self.world.outage() = outage;
    }

    /// What has happened so far.
    pub fn stats(&self) -> Stats {
        self.world.stats().clone()
    }

    /// Every write that was carried out, the first one first, whatever its caller heard of it.
    pub fn effects(&self) -> Vec<Effect> {
        self.world.effects().clone()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        let api = self.api.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        api.into_iter().chain(self.files.take()).for_each(|serving| serving.abort());
    }
}

/// A listener on every interface is reached on this machine's own.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    address
}
