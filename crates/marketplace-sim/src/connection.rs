//! Connections that can be cut in the middle of a call, as a failing network or a machine that stops does.

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Cuts the connection a call came over.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cut(Arc<AtomicBool>);

impl Cut {
    /// Nothing more is written; the peer sees a reset.
    pub(crate) fn now(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// The power of the marketplace's machine: when it goes off, every connection is reset at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Power(watch::Sender<u64>);

impl Power {
    /// Resets every connection there is. New ones can be made.
    pub(crate) fn fail(&self) {
        self.0.send_modify(|failures| *failures += 1);
    }

    /// Ends with the next failure.
    fn fails(&self) -> PowerFails {
        let mut failures = self.0.subscribe();
        Box::pin(async move {
            let _failed = failures.changed().await;
        })
    }
}

type PowerFails = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A TCP listener whose connections can be cut.
pub(crate) struct CuttableListener {
    pub(crate) listener: TcpListener,
    pub(crate) power: Power,
}

impl Listener for CuttableListener {
    type Io = CuttableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, peer) = Listener::accept(&mut self.listener).await;
        (CuttableStream { stream, cut: Cut::default(), power_fails: self.power.fails() }, peer)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, CuttableListener>> for Cut {
    fn connect_info(stream: IncomingStream<'_, CuttableListener>) -> Self {
        stream.io().cut.clone()
    }
}

/// A TCP stream that refuses to write once it is cut, and breaks at once when the power fails.
pub(crate) struct CuttableStream {
    stream: TcpStream,
    cut: Cut,
    power_fails: PowerFails,
}

impl CuttableStream {
    /// Wakes whoever waits on this stream when the power fails.
    fn check_power(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        let is_cut = self.cut.0.load(Ordering::Acquire);
        if !is_cut && self.power_fails.as_mut().poll(cx).is_ready() {
            self.cut.now();
            return self.check();
        }
        Ok(())
    }

    fn check(&self) -> io::Result<()> {
        if self.cut.0.load(Ordering::Acquire) {
            // Without lingering, closing sends a reset instead of an orderly end.
            self.stream.set_zero_linger()?;
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }
}

impl AsyncRead for CuttableStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.check_power(cx)?;
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Whoever ends it in good order after the power failed resets it all the same.
        self.check_power(cx)?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
