//! EDGE. Whom we trust: the system's certification authorities and those of one PEM file. The one place for IMAP and SMTP; names
//! and dates of certificates are always checked.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use lettre::transport::smtp::client::{Certificate, TlsParameters};
use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::diagnosis::Fault;

/// The authorities a mail server's certificate may be signed by.
#[derive(Clone)]
pub struct Trust {
    extra_roots: Vec<CertificateDer<'static>>,
    extra_pem: Vec<u8>,
    /// Made at first use: a machine without system authorities still runs without TLS.
    config: OnceLock<Arc<ClientConfig>>,
}

impl Trust {
    /// Reads the PEM file of authorities to trust besides the system's.
    pub fn load(ca_file: Option<&Path>) -> Result<Trust, Fault> {
        let Some(path) = ca_file else {
            return Ok(Trust {
                extra_roots: Vec::new(),
                extra_pem: Vec::new(),
                config: OnceLock::new(),
            });
        };
        let extra_pem = std::fs::read(path).map_err(|error| unusable(path, &error.to_string()))?;
        let extra_roots = CertificateDer::pem_slice_iter(&extra_pem)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| unusable(path, &error.to_string()))?;
        if extra_roots.is_empty() {
            return Err(unusable(path, "there is no certificate in it"));
        }
        Ok(Trust {
            extra_roots,
            extra_pem,
            config: OnceLock::new(),
        })
    }

    /// For tokio-rustls.
    pub fn client_config(&self) -> Result<Arc<ClientConfig>, Fault> {
        if let Some(config) = self.config.get() {
            return Ok(Arc::clone(config));
        }
        let config = self.build().map_err(|error| no_trust(&error.to_string()))?;
        Ok(Arc::clone(self.config.get_or_init(|| Arc::new(config))))
    }

    fn build(&self) -> Result<ClientConfig, rustls::Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let roots = self.extra_roots.iter().cloned();
        let verifier =
            rustls_platform_verifier::Verifier::new_with_extra_roots(roots, Arc::clone(&provider))?;
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous() // rustls' name for any verifier but its own; this one checks everything.
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(config)
    }

    /// For lettre, which builds the same verifier (platform and extra roots) itself. `host` is the name the certificate must bear.
    pub fn smtp_parameters(&self, host: &str) -> Result<TlsParameters, Fault> {
        let mut builder = TlsParameters::builder(host.to_owned());
        if !self.extra_pem.is_empty() {
            let path = PathBuf::from("mail.ca_file");
            let authorities = Certificate::from_pem(&self.extra_pem)
                .map_err(|error| unusable(&path, &error.to_string()))?;
            builder = builder.add_root_certificate(authorities);
        }
        builder
            .build_rustls()
            .map_err(|error| no_trust(&error.to_string()))
    }
}

fn unusable(path: &Path, why: &str) -> Fault {
    Fault::new(
        format!(
            "the certification authorities of {} cannot be used: {why}",
            path.display()
        ),
        "Give mail.ca_file a PEM file with `-----BEGIN CERTIFICATE-----` in it",
    )
}

fn no_trust(why: &str) -> Fault {
    Fault::new(
        format!("no certification authorities can be used: {why}"),
        "Install the system's (Debian: ca-certificates) or give mail.ca_file",
    )
}
