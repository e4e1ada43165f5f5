//! A certification authority of the test's own, and server certificates signed by it.

use std::fs;
use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, KeyUsagePurpose};

/// Whose name the server's certificate bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameOnCertificate {
    /// `localhost`, `mx.example.test` and `127.0.0.1`: what the tests connect to.
    Ours,
    /// `other.example.test`: a client that checks names must refuse it.
    Another,
}

/// PEM files of an authority and one server.
#[derive(Debug)]
pub struct Certificates {
    pub ca_file: PathBuf,
    pub certificate_file: PathBuf,
    pub key_file: PathBuf,
}

impl Certificates {
    /// Makes an authority and a server certificate for `name`, as files in `folder`.
    pub fn make(folder: &Path, name: NameOnCertificate) -> Certificates {
        let mut params = CertificateParams::new(Vec::new()).expect("no names are fine for an authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let authority =
            CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority");

        let names: &[&str] = match name {
            NameOnCertificate::Ours => &["localhost", "mx.example.test", "127.0.0.1"],
            NameOnCertificate::Another => &["other.example.test"],
        };
        let names: Vec<String> = names.iter().map(|name| name.to_string()).collect();
        let key = KeyPair::generate().expect("a key");
        let certificate = CertificateParams::new(names)
            .expect("the names are valid")
            .signed_by(&key, &authority)
            .expect("the authority signs");

        let files = Certificates {
            ca_file: folder.join("ca.pem"),
            certificate_file: folder.join("server.pem"),
            key_file: folder.join("server.key"),
        };
        fs::write(&files.ca_file, authority.pem()).expect("the CA file is written");
        fs::write(&files.certificate_file, certificate.pem()).expect("the certificate is written");
        fs::write(&files.key_file, key.serialize_pem()).expect("the key is written");
        files
    }
}
