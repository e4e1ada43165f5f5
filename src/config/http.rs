//! `[http]`: the API, the desk and the probes.

use std::net::SocketAddr;

use super::reader::Section;

#[derive(Debug, Clone)]
pub struct HttpSettings {
    pub listen: SocketAddr,
    /// Where browsers find us, without a slash at the end; cookies are `Secure` when it begins with https.
    pub public_url: String,
    /// Where customers find their pages, without a slash at the end; without it no letter leads to one.
    pub customer_url: Option<String>,
}

pub(super) fn read(mut section: Section<'_>) -> Option<HttpSettings> {
    let listen = section.text("listen").unwrap_or_else(|| "127.0.0.1:8025".into());
    let address: Option<SocketAddr> = listen.parse().ok();
    if address.is_none() {
        section.fault(
            "listen",
            format!("`{listen}` is no address"),
            "Write \"127.0.0.1:8025\", an IP address and a port",
        );
    }
    let public_url = section
        .text("public_url")
        .unwrap_or_else(|| format!("http://{listen}"));
    if !public_url.starts_with("http://") && !public_url.starts_with("https://") {
        section.fault(
            "public_url",
            format!("`{public_url}` is no URL"),
            "Write \"https://desk.example.com\"",
        );
    }
    let customer_url = section.text("customer_url");
    if let Some(url) = &customer_url
        && !url.starts_with("http://")
        && !url.starts_with("https://")
    {
        section.fault(
            "customer_url",
            format!("`{url}` is no URL"),
            "Write \"https://my.example.com\"",
        );
    }
    section.finish();
    Some(HttpSettings {
        listen: address?,
        public_url: public_url.trim_end_matches('/').to_owned(),
        customer_url: customer_url.map(|url| url.trim_end_matches('/').to_owned()),
    })
}
