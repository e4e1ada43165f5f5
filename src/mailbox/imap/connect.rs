//! TCP, TLS, greeting and login.

use std::fmt::Debug;
use std::time::Duration;

use async_imap::Client;
use async_imap::imap_proto::{Response, Status};
use rustls::pki_types::ServerName;
use secrecy::ExposeSecret;
use tokio::io::{AsyncRead, AsyncWrite, BufStream};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::driver::Driver;
use super::{ImapError, names};
use crate::config::{ImapAccount, Tls};
use crate::diagnosis::Fault;
use crate::tls::Trust;

const TCP_SECONDS_MAX: u64 = 30;
/// TLS, greeting, login: each.
const STEP_SECONDS_MAX: u64 = 30;
/// Idle connections are probed so often, so that a server that went away is noticed.
const KEEPALIVE_SECONDS: u64 = 60;

/// Plain or TLS, the session does not care. `BufStream`, because the crate writes a command in four pieces.
pub trait Bytes: AsyncRead + AsyncWrite + Unpin + Send + Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Bytes for T {}
pub type Wire = BufStream<Box<dyn Bytes>>;

/// A session that is logged in, no folder open.
pub async fn connect(account: &ImapAccount, trust: &Trust) -> Result<Driver, ImapError> {
    let tcp = tcp(account).await?;
    let client = match account.tls {
        Tls::None => greeted(Box::new(tcp)).await?,
        Tls::Implicit => greeted(over_tls(Box::new(tcp), account, trust).await?).await?,
        Tls::Required => {
            let mut client = greeted(Box::new(tcp)).await?;
            starttls(&mut client).await?;
            // Whatever came in clear behind the answer is thrown away with the buffers.
            let plain = client.into_inner().into_inner();
            Client::new(BufStream::new(over_tls(plain, account, trust).await?))
        }
    };
    login(client, account).await
}

async fn tcp(account: &ImapAccount) -> Result<TcpStream, ImapError> {
    let connecting = TcpStream::connect((account.host.as_str(), account.port));
    let stream = timeout(Duration::from_secs(TCP_SECONDS_MAX), connecting)
        .await
        .map_err(|_| ImapError::Connect("no answer in time".to_owned()))?
        .map_err(|error| ImapError::Connect(error.to_string()))?;
    let keepalive = socket2::TcpKeepalive::new()
        .with_time(Duration::from_secs(KEEPALIVE_SECONDS))
        .with_interval(Duration::from_secs(KEEPALIVE_SECONDS / 4));
    let set = socket2::SockRef::from(&stream).set_tcp_keepalive(&keepalive);
    set.and_then(|()| stream.set_nodelay(true))
        .map_err(|error| ImapError::Connect(error.to_string()))?;
    Ok(stream)
}

async fn over_tls(
    plain: Box<dyn Bytes>,
    account: &ImapAccount,
    trust: &Trust,
) -> Result<Box<dyn Bytes>, ImapError> {
    let name = ServerName::try_from(account.host.clone())
        .map_err(|_| ImapError::Tls(format!("{} is no name a certificate can bear", account.host)))?;
    let connector = TlsConnector::from(trust.client_config().map_err(ImapError::Unusable)?);
    let encrypted = step(connector.connect(name, plain))
        .await
        .ok_or_else(|| ImapError::Tls("no answer in time".to_owned()))?
        .map_err(|error| ImapError::Tls(error.to_string()))?;
    Ok(Box::new(encrypted))
}

/// Reads the greeting: without that, the first answer would be taken for it.
async fn greeted(stream: Box<dyn Bytes>) -> Result<Client<Wire>, ImapError> {
    let mut client = Client::new(BufStream::new(stream));
    let greeting = step(client.read_response())
        .await
        .ok_or_else(|| ImapError::Connect("no greeting in time".to_owned()))?
        .map_err(|_| ImapError::Connect("what answers there does not speak IMAP".to_owned()))?
        .ok_or_else(|| ImapError::Connect("the server closed the connection at once".to_owned()))?;
    match greeting.parsed() {
        Response::Data {
            status: Status::Ok, ..
        } => Ok(client),
        Response::Data { outcome, .. } => {
            let words = outcome.information.as_deref().unwrap_or("no reason given");
            Err(ImapError::Connect(format!("the server sends us away: {words}")))
        }
        _ => Err(ImapError::Connect(
            "what answers there does not speak IMAP".to_owned(),
        )),
    }
}

async fn starttls(client: &mut Client<Wire>) -> Result<(), ImapError> {
    match step(client.run_command_and_check_ok("STARTTLS", None)).await {
        None => Err(ImapError::Tls("no answer to STARTTLS in time".to_owned())),
        Some(Ok(())) => Ok(()),
        Some(Err(async_imap::error::Error::No(_) | async_imap::error::Error::Bad(_))) => Err(ImapError::Tls(
            "the server does not offer STARTTLS, and we send no password without it".to_owned(),
        )),
        Some(Err(_)) => Err(ImapError::Tls("the connection was lost at STARTTLS".to_owned())),
    }
}

async fn login(client: Client<Wire>, account: &ImapAccount) -> Result<Driver, ImapError> {
    use async_imap::error::Error;
    let password = account.password.expose_secret();
    if names::quoted(&account.user).is_none() || names::quoted(password).is_none() {
        return Err(ImapError::Unusable(Fault::new(
            "user or password in mail.incoming hold a line end",
            "Check them; a secret file must hold one line",
        )));
    }
    match step(client.login(&account.user, password)).await {
        None => Err(ImapError::Login("no answer in time".to_owned())),
        Some(Ok(session)) => Ok(Driver::new(session)),
        Some(Err((Error::No(words) | Error::Bad(words), _))) => Err(ImapError::Login(words)),
        Some(Err(_)) => Err(ImapError::Lost {
            command: "LOGIN",
            why: "closed by the server".to_owned(),
        }),
    }
}

/// None when it took too long.
async fn step<T>(work: impl Future<Output = T>) -> Option<T> {
    timeout(Duration::from_secs(STEP_SECONDS_MAX), work).await.ok()
}
