//! A private Dovecot: IMAP (plain, STARTTLS, implicit TLS) and LMTP on free ports. Any user, one password.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::certificates::Certificates;
use super::place::{Place, command, give_to, run, wait_for_port, wait_until};
use super::ports::Port;
use super::wire::{Dialect, hand_over};

/// The password of every user.
pub const PASSWORD: &str = "secret";
/// Owner of all mail files. Need not be in /etc/passwd.
const MAIL_UID: u32 = 5000;
const PACKAGES: &str = "dovecot-imapd dovecot-lmtpd";

/// What an IMAP server may or may not be able to do.
#[derive(Debug, Clone, Default)]
pub struct DovecotOptions {
    /// Shown instead of the real capabilities, before and after login: `IMAP4rev1` alone means no IDLE, MOVE, UIDPLUS.
    pub imap_capability: Option<&'static str>,
    /// Further lines of configuration.
    pub more: String,
}

#[derive(Debug)]
pub struct Dovecot {
    folder: PathBuf,
    config: PathBuf,
    imap: Port,
    imaps: Port,
    lmtp: Port,
}

/// A message as it lies in a user's Maildir.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// `INBOX` or the name of another folder.
    pub folder: String,
    pub raw: Vec<u8>,
    /// Letters behind `:2,` of the file's name.
    pub flags: String,
}

impl Delivered {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.raw).into_owned()
    }

    /// The unfolded value of the first header of that name.
    pub fn header(&self, name: &str) -> Option<String> {
        let text = self.text().replace("\r\n", "\n");
        let head = text
            .split("\n\n")
            .next()?
            .replace("\n ", " ")
            .replace("\n\t", " ");
        head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }
}

impl Dovecot {
    /// Starts a Dovecot in `place`; `auth_socket` is where Postfix asks for passwords.
    pub fn start(
        place: &Place,
        certificates: &Certificates,
        auth_socket: Option<&Path>,
        options: &DovecotOptions,
    ) -> Dovecot {
        let folder = place.path().to_owned();
        let mail = place.folder("mail");
        give_to(&format!("{MAIL_UID}:{MAIL_UID}"), PACKAGES, &mail);
        let dovecot = Dovecot {
            config: folder.join("dovecot.conf"),
            folder,
            imap: Port::free(),
            imaps: Port::free(),
            lmtp: Port::free(),
        };
        dovecot.configure(certificates, auth_socket, options);
        dovecot.start_again();
        dovecot
    }

    fn configure(&self, certificates: &Certificates, auth_socket: Option<&Path>, options: &DovecotOptions) {
        let capability = options
            .imap_capability
            .map(|names| {
                format!("protocol imap {{\n  imap_capability = {names}\n}}\nimap_capability = {names}\n")
            })
            .unwrap_or_default();
        let auth_service = auth_socket.map(auth_service).unwrap_or_default();
        let config = format!(
            "protocols = imap lmtp\nlisten = 127.0.0.1\nbase_dir = {folder}/run\nstate_dir = {folder}/state\n\
             log_path = {folder}/dovecot.log\nssl = yes\nssl_cert = <{certificate}\nssl_key = <{key}\n\
             disable_plaintext_auth = no\nauth_default_realm = example.test\nauth_mechanisms = plain login\n\
             passdb {{\n  driver = static\n  args = password={PASSWORD}\n}}\n\
             userdb {{\n  driver = static\n  args = uid={MAIL_UID} gid={MAIL_UID} home={folder}/mail/%d/%n allow_all_users=yes\n}}\n\
             first_valid_uid = {MAIL_UID}\nmail_location = maildir:{folder}/mail/%d/%n/Maildir\nrecipient_delimiter = +\n\
             mail_max_userip_connections = 200\nlmtp_save_to_detail_mailbox = no\n\
             namespace inbox {{\n  inbox = yes\n}}\n\
             service imap-login {{\n  service_count = 0\n  \
             inet_listener imap {{\n    address = 127.0.0.1\n    port = {imap}\n  }}\n  \
             inet_listener imaps {{\n    address = 127.0.0.1\n    port = {imaps}\n    ssl = yes\n  }}\n}}\n\
             service lmtp {{\n  inet_listener lmtp {{\n    address = 127.0.0.1\n    port = {lmtp}\n  }}\n}}\n\
             service anvil {{\n  unix_listener anvil-auth-penalty {{\n    mode = 0\n  }}\n}}\n{auth_service}{capability}{more}\n",
            folder = self.folder.display(),
            certificate = certificates.certificate_file.display(),
            key = certificates.key_file.display(),
            imap = self.imap,
            imaps = self.imaps,
            lmtp = self.lmtp,
            more = options.more,
        );
        fs::write(&self.config, config).expect("the configuration is written");
    }

    /// Starts the servers on the same ports and the same mail.
    pub fn start_again(&self) {
        run("dovecot", PACKAGES, &["-c", self.config()]);
        wait_for_port(self.imap.number, "Dovecot's IMAP port");
        wait_for_port(self.lmtp.number, "Dovecot's LMTP port");
    }

    /// Ends the servers; sessions are cut, mail stays.
    pub fn stop(&self) {
        self.doveadm(&["stop"]);
        wait_until("Dovecot's end", Duration::from_secs(10), || {
            std::net::TcpStream::connect(("127.0.0.1", self.imap.number))
                .is_err()
                .then_some(())
        });
    }

    /// Ends the sessions of a user, who reads "BYE".
    pub fn kick(&self, user: &str) {
        self.doveadm(&["kick", user]);
    }

    /// Dovecot's own tool, on this instance.
    pub fn doveadm(&self, arguments: &[&str]) -> String {
        let mut all = vec!["-c", self.config()];
        all.extend_from_slice(arguments);
        run("doveadm", PACKAGES, &all)
    }

    /// Whether somebody is logged in as `user` (who then may be kicked).
    pub fn is_logged_in(&self, user: &str) -> bool {
        let output = command("doveadm")
            .args(["-c", self.config(), "who", "-1", user])
            .output();
        output.is_ok_and(|output| {
            String::from_utf8_lossy(&output.stdout)
                .lines()
                .any(|line| line.starts_with(user))
        })
    }

    /// Gives the INBOX of a user another UIDVALIDITY, as a restored backup or a moved mailbox has.
    pub fn change_uid_validity(&self, user: &str) {
        let maildir = self.maildir(user);
        for entry in fs::read_dir(&maildir).expect("the mailbox is there").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name == "dovecot-uidlist" || name.starts_with("dovecot.index") {
                fs::remove_file(entry.path()).expect("an index can be removed");
            }
        }
        // Dovecot takes the current second as UIDVALIDITY: this one is surely another.
        let list = "3 V7777777 N1 G0123456789abcdef0123456789abcdef\n";
        fs::write(maildir.join("dovecot-uidlist"), list).expect("the list of UIDs is written");
        give_to(
            &format!("{MAIL_UID}:{MAIL_UID}"),
            PACKAGES,
            &maildir.join("dovecot-uidlist"),
        );
    }

    pub fn imap_port(&self) -> u16 {
        self.imap.number
    }

    pub fn imaps_port(&self) -> u16 {
        self.imaps.number
    }

    pub fn lmtp_port(&self) -> u16 {
        self.lmtp.number
    }

    /// Puts a raw message into a mailbox by LMTP: unchanged, but for Return-Path, Delivered-To and Received before it.
    pub fn deliver(&self, recipient: &str, raw: &[u8]) {
        hand_over(
            Dialect::Lmtp,
            self.lmtp_port(),
            "sender@customer.example",
            recipient,
            raw,
        )
        .expect("Dovecot takes the message");
    }

    /// All messages of a user, all folders, by folder and file name (that is by delivery).
    pub fn messages(&self, user: &str) -> Vec<Delivered> {
        let maildir = self.maildir(user);
        let mut folders = vec![("INBOX".to_owned(), maildir.clone())];
        for entry in fs::read_dir(&maildir).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Some(folder) = name.strip_prefix('.')
                && entry.path().join("cur").is_dir()
            {
                folders.push((folder.to_owned(), entry.path()));
            }
        }
        folders.sort();
        folders
            .iter()
            .flat_map(|(name, path)| messages_in(name, path))
            .collect()
    }

    fn maildir(&self, user: &str) -> PathBuf {
        let (local, domain) = user.split_once('@').expect("a user is a whole address");
        let local = local.split('+').next().unwrap_or(local);
        self.folder.join("mail").join(domain).join(local).join("Maildir")
    }

    fn config(&self) -> &str {
        self.config.to_str().expect("our paths are ASCII")
    }
}

fn messages_in(folder: &str, path: &Path) -> Vec<Delivered> {
    let mut files: Vec<(String, PathBuf)> = ["new", "cur"]
        .iter()
        .flat_map(|part| fs::read_dir(path.join(part)).into_iter().flatten().flatten())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
        .collect();
    files.sort();
    let delivered = files.into_iter().filter_map(|(name, path)| {
        Some(Delivered {
            folder: folder.to_owned(),
            // The server may move the file meanwhile: the next look finds it.
            raw: fs::read(path).ok()?,
            flags: name
                .split_once(":2,")
                .map(|(_, flags)| flags.to_owned())
                .unwrap_or_default(),
        })
    });
    delivered.collect()
}

fn auth_service(socket: &Path) -> String {
    format!(
        "service auth {{\n  unix_listener {} {{\n    mode = 0660\n    user = postfix\n    group = postfix\n  }}\n}}\n",
        socket.display()
    )
}
