//! The keeper of SMTP connections: a few, used again, each step under its own time limit. One recipient an envelope, so
//! that a refused one stops no other. A connection with any doubt is dropped: the next letter must not read this one's replies.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;
use secrecy::ExposeSecret;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::outcome::{Outcome, Step, Trouble, judge};
use crate::config::{SmtpServer, Tls};
use crate::diagnosis::{Fault, Report};
use crate::tls::Trust;

/// How much of a server we use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections open at a time.
    pub connections_max: usize,
    /// Letters over one connection; servers end longer ones by themselves.
    pub messages_per_connection_max: u32,
    /// A connection that rested longer is not used again: the server may have closed it.
    pub idle_max: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections_max: 4,
            messages_per_connection_max: 100,
            idle_max: Duration::from_secs(60),
        }
    }
}

/// How long each step may take (RFC 5321, 4.5.3.2).
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    pub tcp: Duration,
    /// Greeting, EHLO, STARTTLS and AUTH together.
    pub greeting: Duration,
    pub mail: Duration,
    pub rcpt: Duration,
    pub data: Duration,
    /// The message without its final dot.
    pub content: Duration,
    /// From the final dot to the reply. Long, because a letter without a reply is an uncertain one.
    pub final_dot: Duration,
    /// RSET, QUIT and the like, on which nothing depends.
    pub courtesy: Duration,
    /// A whole [`SmtpKeeper::check`].
    pub check: Duration,
}

impl Default for Timeouts {
    fn default() -> Timeouts {
        let minutes = |count: u64| Duration::from_secs(60 * count);
        Timeouts {
            tcp: Duration::from_secs(30),
            greeting: minutes(5),
            mail: minutes(5),
            rcpt: minutes(5),
            data: minutes(2),
            content: minutes(10),
            final_dot: minutes(10),
            courtesy: Duration::from_secs(5),
            check: Duration::from_secs(15),
        }
    }
}

struct Kept {
    connection: AsyncSmtpConnection,
    messages: u32,
    rested_since: Instant,
}

/// Sends letters to one server. Share it behind an `Arc`.
pub struct SmtpKeeper {
    server: SmtpServer,
    tls: Option<TlsParameters>,
    hello: ClientId,
    limits: Limits,
    timeouts: Timeouts,
    slots: Semaphore,
    resting: Mutex<Vec<Kept>>,
}

impl SmtpKeeper {
    /// Connects to nothing yet.
    pub fn new(
        server: SmtpServer,
        trust: &Trust,
        limits: Limits,
        timeouts: Timeouts,
    ) -> Result<SmtpKeeper, Fault> {
        let tls = match server.tls {
            Tls::None => None,
            Tls::Implicit | Tls::Required => Some(trust.smtp_parameters(&server.host)?),
        };
        Ok(SmtpKeeper {
            server,
            tls,
            hello: ClientId::default(),
            limits,
            timeouts,
            slots: Semaphore::new(limits.connections_max.max(1)),
            resting: Mutex::new(Vec::new()),
        })
    }

    /// Hands one letter over for one recipient. Must not be dropped half-way: the letter might have been accepted.
    pub async fn deliver(&self, envelope_sender: &str, recipient: &str, raw: &[u8]) -> Outcome {
        let addresses = match Addresses::parse(envelope_sender, recipient) {
            Ok(addresses) => addresses,
            Err(trouble) => return judge(Step::Mail, trouble),
        };
        let Ok(_slot) = self.slots.acquire().await else {
            return Outcome::Unreachable {
                why: "the daemon is ending".to_owned(),
            };
        };
        if let Some(kept) = self.take_resting() {
            match self.send_over(kept, &addresses, raw).await {
                // The server closed it while it rested: nothing was said about the letter, so a fresh one is asked.
                Err(failure) if failure.before_anything() => {}
                other => return other.unwrap_or_else(|failure| judge(failure.step, failure.trouble)),
            }
        }
        let connection = match self.connect().await {
            Ok(connection) => connection,
            Err(trouble) => return judge(Step::Connect, trouble),
        };
        let kept = Kept {
            connection,
            messages: 0,
            rested_since: Instant::now(),
        };
        self.send_over(kept, &addresses, raw)
            .await
            .unwrap_or_else(|failure| judge(failure.step, failure.trouble))
    }

    /// Connects, negotiates TLS, logs in, and leaves. Sends nothing.
    pub async fn check(&self) -> Result<Report, Fault> {
        let connecting = timeout(self.timeouts.check, self.connect())
            .await
            .unwrap_or(Err(Trouble::TimedOut));
        let mut connection = connecting.map_err(|trouble| self.fault(trouble))?;
        let mut seen = vec![format!(
            "SMTP server {}:{} answers",
            self.server.host, self.server.port
        )];
        if connection.is_encrypted() {
            seen.push("the connection is encrypted and the certificate is good".to_owned());
        }
        if let Some((user, _)) = &self.server.credentials {
            seen.push(format!("{user} may log in"));
        }
        let _ = timeout(self.timeouts.courtesy, connection.quit()).await;
        Ok(Report { seen })
    }

    /// Says QUIT to the resting connections.
    pub async fn close(&self) {
        let resting = std::mem::take(&mut *self.resting.lock().unwrap_or_else(PoisonError::into_inner));
        for mut kept in resting {
            let _ = timeout(self.timeouts.courtesy, kept.connection.quit()).await;
        }
    }

    fn take_resting(&self) -> Option<Kept> {
        let mut resting = self.resting.lock().unwrap_or_else(PoisonError::into_inner);
        resting.retain(|kept| kept.rested_since.elapsed() < self.limits.idle_max);
        resting.pop()
    }

    fn put_to_rest(&self, mut kept: Kept) {
        kept.messages += 1;
        kept.rested_since = Instant::now();
        if kept.messages < self.limits.messages_per_connection_max && !kept.connection.has_broken() {
            self.resting
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(kept);
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Trouble> {
        let limit = self.timeouts.tcp + self.timeouts.greeting;
        timeout(limit, self.connect_unlimited())
            .await
            .unwrap_or(Err(Trouble::TimedOut))
    }

    async fn connect_unlimited(&self) -> Result<AsyncSmtpConnection, Trouble> {
        let implicit = self.tls.clone().filter(|_| self.server.tls == Tls::Implicit);
        let address = (self.server.host.as_str(), self.server.port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            address,
            Some(self.timeouts.tcp),
            &self.hello,
            implicit,
            None,
        )
        .await
        .map_err(|error| trouble(&error))?;
        if let (Tls::Required, Some(parameters)) = (self.server.tls, &self.tls) {
            if !connection.can_starttls() {
                return Err(Trouble::Lost(
                    "the server does not offer STARTTLS, and we send nothing without it".to_owned(),
                ));
            }
            connection
                .starttls(parameters.clone(), &self.hello)
                .await
                .map_err(|error| trouble(&error))?;
        }
        if let Some((user, password)) = &self.server.credentials {
            let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
                .await
                .map_err(|error| trouble(&error))?;
        }
        Ok(connection)
    }

    /// One letter over one connection, which then rests or is dropped.
    async fn send_over(&self, mut kept: Kept, addresses: &Addresses, raw: &[u8]) -> Result<Outcome, Failure> {
        match self.transaction(&mut kept.connection, addresses, raw).await {
            Ok(response) => {
                self.put_to_rest(kept);
                Ok(Outcome::Accepted {
                    response: words(&response),
                })
            }
            Err(mut failure) => {
                failure.on_used_connection = kept.messages > 0;
                if failure.leaves_connection_usable() && self.reset(&mut kept.connection, failure.step).await
                {
                    self.put_to_rest(kept);
                }
                Err(failure)
            }
        }
    }

    /// After a refusal the connection is clean again when the server agrees to RSET.
    async fn reset(&self, connection: &mut AsyncSmtpConnection, step: Step) -> bool {
        // After the final dot the transaction is over anyway (RFC 5321, 4.1.1.4).
        step == Step::FinalDot
            || matches!(
                timeout(self.timeouts.courtesy, connection.command(Rset)).await,
                Ok(Ok(_))
            )
    }

    async fn transaction(
        &self,
        connection: &mut AsyncSmtpConnection,
        addresses: &Addresses,
        raw: &[u8],
    ) -> Result<Response, Failure> {
        let parameters = mail_parameters(connection, addresses, raw)?;
        let mail = Mail::new(addresses.sender.clone(), parameters);
        step(Step::Mail, self.timeouts.mail, 2, connection.command(mail)).await?;
        let rcpt = Rcpt::new(addresses.recipient.clone(), Vec::new());
        step(Step::Rcpt, self.timeouts.rcpt, 2, connection.command(rcpt)).await?;
        step(Step::Data, self.timeouts.data, 3, connection.command(Data)).await?;

        // lettre writes CR LF, dot, CR LF behind it: a last line end of our own would become an empty line.
        let content = raw.strip_suffix(b"\r\n").unwrap_or(raw);
        // The end of the iterator is asked for when the content is written: from then on only the final dot is missing.
        let all_written = AtomicBool::new(false);
        let marked_end = std::iter::from_fn(|| {
            all_written.store(true, Ordering::Relaxed);
            None
        });
        let limit = self.timeouts.content + self.timeouts.final_dot;
        let writing = connection.message_iter(std::iter::once(content).chain(marked_end));
        step(Step::Content, limit, 2, writing).await.map_err(|failure| {
            let step = if all_written.load(Ordering::Relaxed) {
                Step::FinalDot
            } else {
                Step::Content
            };
            Failure { step, ..failure }
        })
    }

    fn fault(&self, trouble: Trouble) -> Fault {
        let server = format!("{}:{}", self.server.host, self.server.port);
        match trouble {
            Trouble::Replied { code, text } if (530..=538).contains(&code) => Fault::new(
                format!("the SMTP server {server} refuses our login: {code} {text}"),
                "Check user and password in mail.outgoing",
            ),
            Trouble::Replied { code, text } => Fault::new(
                format!("the SMTP server {server} does not want us: {code} {text}"),
                "Ask its operator to accept this machine, or log in (smtp://user:password@host)",
            ),
            Trouble::TimedOut => Fault::new(
                format!("the SMTP server {server} does not answer in time"),
                "Check host and port in mail.outgoing, and the firewalls between",
            ),
            Trouble::Lost(why) | Trouble::Impossible(why) => Fault::new(
                format!("no letter can be handed to the SMTP server {server}: {why}"),
                remedy_for_lost(&why),
            ),
        }
    }
}

fn remedy_for_lost(why: &str) -> &'static str {
    if why.contains("certificate") {
        "Use the name that the certificate bears, or give mail.ca_file the authority that signed it"
    } else if why.contains("STARTTLS") {
        "Use smtps:// or another port; ?tls=none sends everything in clear"
    } else if why.contains("authentication mechanism") {
        "Passwords are offered by PLAIN and LOGIN; servers often allow these only with TLS (?tls=required)"
    } else {
        "Check host, port and TLS in mail.outgoing"
    }
}

/// Trouble with the step it came in.
struct Failure {
    step: Step,
    trouble: Trouble,
    on_used_connection: bool,
}

impl Failure {
    /// A resting connection turned out dead at its first command.
    fn before_anything(&self) -> bool {
        let dead = matches!(
            self.trouble,
            Trouble::Lost(_) | Trouble::Replied { code: 421, .. }
        );
        self.on_used_connection && self.step == Step::Mail && dead
    }

    fn leaves_connection_usable(&self) -> bool {
        match self.trouble {
            Trouble::Replied { code, .. } => code != 421 && (400..=599).contains(&code),
            Trouble::Impossible(_) => true,
            Trouble::Lost(_) | Trouble::TimedOut => false,
        }
    }
}

impl From<(Step, Trouble)> for Failure {
    fn from((step, trouble): (Step, Trouble)) -> Failure {
        Failure {
            step,
            trouble,
            on_used_connection: false,
        }
    }
}

/// Runs one step under its limit; a reply must be of the class (first digit) that the step wants.
async fn step(
    step: Step,
    limit: Duration,
    class: u16,
    work: impl Future<Output = Result<Response, Error>>,
) -> Result<Response, Failure> {
    match timeout(limit, work).await {
        Err(_) => Err(Failure::from((step, Trouble::TimedOut))),
        Ok(Err(error)) => Err(Failure::from((step, trouble(&error)))),
        Ok(Ok(response)) => {
            let code = u16::from(response.code());
            if code / 100 == class {
                return Ok(response);
            }
            Err(Failure::from((
                step,
                Trouble::Replied {
                    code,
                    text: words(&response),
                },
            )))
        }
    }
}

struct Addresses {
    /// None is the empty reverse-path `<>`.
    sender: Option<Address>,
    recipient: Address,
}

impl Addresses {
    fn parse(sender: &str, recipient: &str) -> Result<Addresses, Trouble> {
        let parse = |address: &str| {
            let parsed: Result<Address, _> = address.parse();
            parsed.map_err(|error| Trouble::Impossible(format!("the address cannot be one: {error}")))
        };
        let sender = if sender.is_empty() {
            None
        } else {
            Some(parse(sender)?)
        };
        Ok(Addresses {
            sender,
            recipient: parse(recipient)?,
        })
    }

    fn are_ascii(&self) -> bool {
        let sender: &str = self.sender.as_ref().map_or("", AsRef::as_ref);
        let recipient: &str = self.recipient.as_ref();
        sender.is_ascii() && recipient.is_ascii()
    }
}

/// Parameters of MAIL; what the server cannot take is refused here, for good.
fn mail_parameters(
    connection: &AsyncSmtpConnection,
    addresses: &Addresses,
    raw: &[u8],
) -> Result<Vec<MailParameter>, Failure> {
    let server = connection.server_info();
    let mut parameters = Vec::new();
    let impossible = |text: &str| Failure::from((Step::Mail, Trouble::Impossible(text.to_owned())));
    if !addresses.are_ascii() {
        if !server.supports_feature(Extension::SmtpUtfEight) {
            return Err(impossible(
                "the address is not ASCII and the server does not offer SMTPUTF8",
            ));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !raw.is_ascii() {
        if !server.supports_feature(Extension::EightBitMime) {
            return Err(impossible(
                "the letter is 8-bit and the server does not offer 8BITMIME",
            ));
        }
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Ok(parameters)
}

fn trouble(error: &Error) -> Trouble {
    use std::error::Error as _;
    match error.status() {
        Some(code) => {
            let text = error.source().map(ToString::to_string).unwrap_or_default();
            Trouble::Replied {
                code: u16::from(code),
                text,
            }
        }
        // lettre's "client" errors (no usable login mechanism, no STARTTLS) come up while connecting only: not the letter's fault.
        None => Trouble::Lost(error.to_string()),
    }
}

fn words(response: &Response) -> String {
    let lines: Vec<&str> = response.message().collect();
    format!("{} {}", response.code(), lines.join(" "))
}
