//! A private Postfix: SMTP, submission and smtps on free ports; all mail for *.test and *.example goes to Dovecot by LMTP.

use std::fs;
use std::path::PathBuf;

use super::certificates::Certificates;
use super::place::{Place, give_to, run, wait_for_port};
use super::policy::Policy;
use super::ports::Port;

const PACKAGES: &str = "postfix";
/// Mail to a local part that begins so is accepted and then bounced, with a real delivery status notification.
pub const BOUNCING_LOCAL_PART: &str = "gone";

#[derive(Debug)]
pub struct Postfix {
    config: PathBuf,
    log: PathBuf,
    smtp: Port,
    submission: Port,
    smtps: Port,
    policy: Policy,
}

impl Postfix {
    /// The folder `private` of the queue, made before either server starts: Dovecot's auth socket lives there, and Postfix's
    /// master dies without a word when it is not its own.
    pub fn prepare_auth_socket(place: &Place) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let private = place.folder("queue/private");
        fs::set_permissions(&private, fs::Permissions::from_mode(0o700)).expect("we own the folder");
        give_to("postfix", PACKAGES, &private);
        private.join("auth")
    }

    pub fn start(place: &Place, certificates: &Certificates, lmtp_port: u16) -> Postfix {
        let postfix = Postfix {
            config: place.folder("postfix"),
            log: place.path().join("postfix.log"),
            smtp: Port::free(),
            submission: Port::free(),
            smtps: Port::free(),
            policy: Policy::start(),
        };
        place.folder("queue");
        give_to("postfix", PACKAGES, &place.folder("postfix-data"));
        fs::write(
            postfix.config.join("main.cf"),
            postfix.main_cf(place, certificates, lmtp_port),
        )
        .expect("main.cf");
        fs::write(postfix.config.join("master.cf"), postfix.master_cf()).expect("master.cf");
        let domains = "/(^|\\.)test$/ ok\n/(^|\\.)example$/ ok\n";
        fs::write(postfix.config.join("domains"), domains).expect("the domains");
        let transport = format!("/^{BOUNCING_LOCAL_PART}[^@]*@/ error:5.1.1 the mailbox does not exist\n");
        fs::write(postfix.config.join("transport"), transport).expect("the transports");
        run("postfix", PACKAGES, &["-c", postfix.config(), "start"]);
        wait_for_port(postfix.smtp.number, "Postfix's SMTP port");
        postfix
    }

    fn main_cf(&self, place: &Place, certificates: &Certificates, lmtp_port: u16) -> String {
        format!(
            "compatibility_level = 3.6\nqueue_directory = {folder}/queue\ndata_directory = {folder}/postfix-data\n\
             meta_directory = /etc/postfix\nmaillog_file = {log}\nmaillog_file_prefixes = {folder}\n\
             inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nmyhostname = mx.example.test\nmydestination =\n\
             mynetworks = 127.0.0.0/8\nsmtputf8_enable = no\nalias_maps =\nlocal_recipient_maps =\nbiff = no\n\
             virtual_mailbox_domains = regexp:{config}/domains\nvirtual_mailbox_maps = static:ok\n\
             virtual_transport = lmtp:inet:127.0.0.1:{lmtp_port}\ntransport_maps = regexp:{config}/transport\n\
             smtpd_reject_unlisted_recipient = no\nrecipient_delimiter = +\n\
             smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:{policy}, permit_mynetworks, reject\n\
             smtpd_relay_restrictions = permit_mynetworks, reject\n\
             smtpd_tls_cert_file = {certificate}\nsmtpd_tls_key_file = {key}\nsmtpd_tls_security_level = may\n\
             smtpd_sasl_type = dovecot\nsmtpd_sasl_path = private/auth\nsmtpd_peername_lookup = no\n\
             smtpd_client_connection_rate_limit = 0\nsmtpd_soft_error_limit = 1000\nsmtpd_hard_error_limit = 1000\n\
             queue_run_delay = 5s\nminimal_backoff_time = 5s\nmaximal_backoff_time = 30s\ntransport_retry_time = 5s\n",
            folder = place.path().display(),
            log = self.log.display(),
            config = self.config.display(),
            policy = self.policy.port(),
            certificate = certificates.certificate_file.display(),
            key = certificates.key_file.display(),
        )
    }

    fn master_cf(&self) -> String {
        format!(
            "127.0.0.1:{smtp} inet n - n - - smtpd\n\
             127.0.0.1:{submission} inet n - n - - smtpd\n  -o smtpd_tls_security_level=encrypt\n  -o smtpd_sasl_auth_enable=yes\n  \
             -o smtpd_client_restrictions=permit_sasl_authenticated,reject\n\
             127.0.0.1:{smtps} inet n - n - - smtpd\n  -o smtpd_tls_wrappermode=yes\n  -o smtpd_sasl_auth_enable=yes\n  \
             -o smtpd_client_restrictions=permit_sasl_authenticated,reject\n\
             pickup unix n - n 60 1 pickup\ncleanup unix n - n - 0 cleanup\nqmgr unix n - n 300 1 qmgr\n\
             tlsmgr unix - - n 1000? 1 tlsmgr\nrewrite unix - - n - - trivial-rewrite\nbounce unix - - n - 0 bounce\n\
             defer unix - - n - 0 bounce\ntrace unix - - n - 0 bounce\nverify unix - - n - 1 verify\n\
             flush unix n - n 1000? 0 flush\nproxymap unix - - n - - proxymap\nproxywrite unix - - n - 1 proxymap\n\
             smtp unix - - n - - smtp\nrelay unix - - n - - smtp\nshowq unix n - n - - showq\nerror unix - - n - - error\n\
             retry unix - - n - - error\ndiscard unix - - n - - discard\nlocal unix - n n - - local\n\
             virtual unix - n n - - virtual\nlmtp unix - - n - - lmtp\nanvil unix - - n - 1 anvil\n\
             scache unix - - n - 1 scache\npostlog unix-dgram n - n - 1 postlogd\n",
            smtp = self.smtp,
            submission = self.submission,
            smtps = self.smtps,
        )
    }

    pub fn smtp_port(&self) -> u16 {
        self.smtp.number
    }

    /// STARTTLS and a login are wanted here.
    pub fn submission_port(&self) -> u16 {
        self.submission.number
    }

    /// TLS from the first byte, and a login.
    pub fn smtps_port(&self) -> u16 {
        self.smtps.number
    }

    /// What it says to recipients, and which were asked for.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Its log until now.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    pub fn stop(&self) {
        run("postfix", PACKAGES, &["-c", self.config(), "stop"]);
    }

    pub fn start_again(&self) {
        run("postfix", PACKAGES, &["-c", self.config(), "start"]);
        wait_for_port(self.smtp.number, "Postfix's SMTP port");
    }

    fn config(&self) -> &str {
        self.config.to_str().expect("our paths are ASCII")
    }
}
