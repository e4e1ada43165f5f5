//! `[mail]`: the mailbox that answers come to and the server that letters go out by.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

use super::reader::Section;

/// How a connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// TLS from the first byte (`imaps://`, `smtps://`).
    Implicit,
    /// STARTTLS before anything else; no letter and no password without it. The default for hosts that are not loopback.
    Required,
    /// No TLS. The default for loopback; elsewhere only when `?tls=none` says so.
    None,
}

#[derive(Debug, Clone)]
pub struct ImapAccount {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: String,
    pub password: SecretString,
    /// `INBOX` unless the URL's path names another.
    pub folder: String,
}

impl ImapAccount {
    /// Name of the mailbox without secrets, stable over restarts: the key of its cursor.
    pub fn label(&self) -> String {
        format!("imap://{}@{}:{}/{}", self.user, self.host, self.port, self.folder)
    }
}

#[derive(Debug, Clone)]
pub enum Incoming {
    Imap(ImapAccount),
    /// A Maildir: `new/` is read, processed files go to `cur/` with the flag S.
    Maildir(PathBuf),
}

#[derive(Debug, Clone)]
pub struct SmtpServer {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub credentials: Option<(String, SecretString)>,
}

#[derive(Debug, Clone)]
pub enum Outgoing {
    Smtp(SmtpServer),
    /// Letters become files in `new/` of a Maildir: the demo and dry runs.
    Maildir(PathBuf),
}

/// What is done in the mailbox with a message whose bytes are in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AfterProcessing {
    /// `\Seen`, and the keyword `$Estafette` where the server keeps keywords.
    Flag,
    /// Moved to this folder, made when it is not there (MOVE, or COPY + \Deleted + UID EXPUNGE).
    MoveTo(String),
}

#[derive(Debug, Clone)]
pub struct MailSettings {
    pub from_name: Option<String>,
    pub from_address: String,
    pub incoming: Incoming,
    pub outgoing: Outgoing,
    /// A PEM file of certification authorities to trust besides the system's.
    pub ca_file: Option<PathBuf>,
    pub after_processing: AfterProcessing,
    /// Between two polls of the mailbox, whatever IDLE says.
    pub poll_interval: Duration,
    /// Messages larger than this are kept by their headers alone and go to an agent. Bytes.
    pub message_bytes_max: u64,
    /// Letters to one domain, at most, within a minute.
    pub letters_per_domain_a_minute_max: u32,
    /// Host names whose Authentication-Results headers are believed (RFC 8601 authserv-id).
    pub trusted_authserv_ids: Vec<String>,
}

/// The address and port of a mail server, from a URL.
struct Server {
    host: String,
    port: u16,
    tls: Tls,
    credentials: Option<(String, SecretString)>,
    path: String,
}

const POLL_SECONDS_DEFAULT: u64 = 30;
const MESSAGE_MEGABYTES_DEFAULT: u64 = 25;
const LETTERS_PER_DOMAIN_A_MINUTE_DEFAULT: u64 = 120;

pub(super) fn read(mut section: Section<'_>) -> Option<MailSettings> {
    let from = read_from(&mut section);
    let incoming = read_incoming(&mut section);
    let outgoing = read_outgoing(&mut section);
    let ca_file = section.path("ca_file");
    if let Some(path) = ca_file.as_ref().filter(|path| !path.is_file()) {
        let what = format!("{} is no file", path.display());
        section.fault("ca_file", what, "Give a PEM file of certification authorities");
    }
    let folder = section.text("processed_folder");
    let after_processing = match (section.text("processed").as_deref(), folder) {
        (None | Some("flag"), None) => AfterProcessing::Flag,
        (Some("move"), folder) => AfterProcessing::MoveTo(folder.unwrap_or_else(|| "Done".into())),
        (None | Some("flag"), Some(_)) => {
            section.fault(
                "processed_folder",
                "is of no use with processed = \"flag\"",
                "Write processed = \"move\"",
            );
            AfterProcessing::Flag
        }
        (Some(other), _) => {
            let what = format!("`{other}` is nothing we can do with processed mail");
            section.fault("processed", what, "Write \"flag\" or \"move\"");
            AfterProcessing::Flag
        }
    };
    let poll_seconds = section.number("poll_seconds", POLL_SECONDS_DEFAULT, 1..=3600);
    let message_megabytes_max = section.number("message_megabytes_max", MESSAGE_MEGABYTES_DEFAULT, 1..=100);
    let letters_per_domain_a_minute_max = section.number(
        "letters_per_domain_a_minute_max",
        LETTERS_PER_DOMAIN_A_MINUTE_DEFAULT,
        1..=100_000,
    ) as u32;
    let trusted_authserv_ids = section.texts("trusted_authserv_ids");
    section.finish();
    let (from_name, from_address) = from?;
    Some(MailSettings {
        from_name,
        from_address,
        incoming: incoming?,
        outgoing: outgoing?,
        ca_file,
        after_processing,
        poll_interval: Duration::from_secs(poll_seconds),
        message_bytes_max: message_megabytes_max * 1024 * 1024,
        letters_per_domain_a_minute_max,
        trusted_authserv_ids,
    })
}

fn read_from(section: &mut Section<'_>) -> Option<(Option<String>, String)> {
    let remedy = "Write from = \"Service Client <care@example.test>\"";
    let Some(from) = section.text("from") else {
        section.fault("from", "is missing", remedy);
        return None;
    };
    let parsed = parse_mailbox(&from);
    if parsed.is_none() {
        section.fault("from", format!("`{from}` is no name and address"), remedy);
    }
    parsed
}

/// `Service Client <care@example.test>` or `care@example.test`: display name and address (RFC 5322, mailbox).
pub fn parse_mailbox(text: &str) -> Option<(Option<String>, String)> {
    let mailbox: lettre::message::Mailbox = text.parse().ok()?;
    Some((mailbox.name, mailbox.email.to_string()))
}

fn read_incoming(section: &mut Section<'_>) -> Option<Incoming> {
    let remedy =
        "Write imap://user:password@host:143/INBOX, imaps://... or maildir:DIR (`@` in a user name is %40)";
    let Some(url) = section.secret_text("incoming", "incoming_file") else {
        section.fault("incoming", "is missing", remedy);
        return None;
    };
    if let Some(folder) = url.strip_prefix("maildir:") {
        return Some(Incoming::Maildir(section.resolve(folder)));
    }
    match parse_server(&url, "imap", 143, 993) {
        Ok(Server {
            host,
            port,
            tls,
            credentials: Some((user, password)),
            path,
        }) => {
            let folder = if path.is_empty() { "INBOX".to_owned() } else { path };
            Some(Incoming::Imap(ImapAccount {
                host,
                port,
                tls,
                user,
                password,
                folder,
            }))
        }
        Ok(_) => {
            section.fault("incoming", "names no user and password", remedy);
            None
        }
        Err(what) => {
            section.fault("incoming", what, remedy);
            None
        }
    }
}

fn read_outgoing(section: &mut Section<'_>) -> Option<Outgoing> {
    let remedy = "Write smtp://host:25, smtps://user:password@host, smtp://user:password@host:587?tls=required or maildir:DIR";
    let Some(url) = section.secret_text("outgoing", "outgoing_file") else {
        section.fault("outgoing", "is missing", remedy);
        return None;
    };
    if let Some(folder) = url.strip_prefix("maildir:") {
        return Some(Outgoing::Maildir(section.resolve(folder)));
    }
    match parse_server(&url, "smtp", 25, 465) {
        Ok(Server {
            host,
            port,
            tls,
            credentials,
            ..
        }) => Some(Outgoing::Smtp(SmtpServer {
            host,
            port,
            tls,
            credentials,
        })),
        Err(what) => {
            section.fault("outgoing", what, remedy);
            None
        }
    }
}

/// Reads `scheme://user:password@host:port/path?tls=...`. The error never repeats the URL: it holds a password.
fn parse_server(text: &str, scheme: &str, port: u16, port_with_tls: u16) -> Result<Server, String> {
    let url = url::Url::parse(text).map_err(|error| format!("is no URL ({error})"))?;
    let implicit = match url.scheme() {
        given if given == scheme => false,
        given if given == format!("{scheme}s") => true,
        given => return Err(format!("begins with `{given}:`")),
    };
    let host = url
        .host_str()
        .ok_or("names no host")?
        .trim_matches(['[', ']'])
        .to_owned();
    let is_loopback =
        host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    let mut tls = match (implicit, is_loopback) {
        (true, _) => Tls::Implicit,
        (false, true) => Tls::None,
        (false, false) => Tls::Required,
    };
    for (key, value) in url.query_pairs() {
        tls = match (key.as_ref(), value.as_ref(), implicit) {
            ("tls", "required", false) => Tls::Required,
            ("tls", "none", false) => Tls::None,
            ("tls", "required", true) => Tls::Implicit,
            ("tls", other, _) => {
                return Err(format!(
                    "has tls={other}: only `required` and (without s) `none` are known"
                ));
            }
            (other, _, _) => return Err(format!("has an unknown parameter `{other}`")),
        };
    }
    let decode = |piece: &str| {
        percent_encoding::percent_decode_str(piece)
            .decode_utf8()
            .map(|text| text.into_owned())
            .map_err(|_| "is not UTF-8")
    };
    let credentials = match url.password() {
        Some(password) => Some((decode(url.username())?, SecretString::from(decode(password)?))),
        None => None,
    };
    Ok(Server {
        host,
        port: url.port().unwrap_or(if implicit { port_with_tls } else { port }),
        tls,
        credentials,
        path: decode(url.path().trim_matches('/'))?,
    })
}
