//! A plain load balancer: each connection goes to the next server, or to the one after it where that one is gone.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Stops when it is dropped.
pub(crate) struct Balancer {
    pub(crate) address: SocketAddr,
    served: Arc<Vec<AtomicUsize>>,
    serving: JoinHandle<()>,
}

impl Balancer {
    pub(crate) async fn before(servers: Vec<SocketAddr>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let served: Arc<Vec<_>> = Arc::new(servers.iter().map(|_| AtomicUsize::new(0)).collect());
        let counts = served.clone();
        let serving = tokio::spawn(async move {
            for turn in 0.. {
                let Ok((mut client, _)) = listener.accept().await else { return };
                let (servers, counts) = (servers.clone(), counts.clone());
                tokio::spawn(async move {
                    for step in 0..servers.len() {
                        let index = (turn + step) % servers.len();
                        if let Ok(mut server) = TcpStream::connect(servers[index]).await {
                            counts[index].fetch_add(1, Ordering::Relaxed);
                            // Either side may hang up.
                            let _over = copy_bidirectional(&mut client, &mut server).await;
                            return;
                        }
                    }
                });
            }
        });
        Self { address, served, serving }
    }

    /// How many connections each server got.
    pub(crate) fn served(&self) -> Vec<usize> {
        self.served.iter().map(|count| count.load(Ordering::Relaxed)).collect()
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
