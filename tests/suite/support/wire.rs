//! The least of an SMTP and LMTP client: the tests put messages in byte for byte, long lines and 8-bit included.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

const REPLY_SECONDS_MAX: u64 = 30;

/// Which greeting the server wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Smtp,
    Lmtp,
}

/// Hands one raw message over; gives the server's words, or its refusal.
pub fn hand_over(
    dialect: Dialect,
    port: u16,
    sender: &str,
    recipient: &str,
    raw: &[u8],
) -> Result<String, String> {
    let stream = TcpStream::connect(("127.0.0.1", port)).map_err(|error| error.to_string())?;
    stream
        .set_read_timeout(Some(Duration::from_secs(REPLY_SECONDS_MAX)))
        .expect("a time-out above zero is valid");
    let mut server = BufReader::new(stream);
    reply(&mut server)?;
    let hello = match dialect {
        Dialect::Smtp => "EHLO customer.example",
        Dialect::Lmtp => "LHLO customer.example",
    };
    say(&mut server, hello)?;
    say(&mut server, &format!("MAIL FROM:<{sender}>"))?;
    say(&mut server, &format!("RCPT TO:<{recipient}>"))?;
    say(&mut server, "DATA")?;
    server
        .get_mut()
        .write_all(&dot_stuffed(raw))
        .map_err(|error| error.to_string())?;
    let words = reply(&mut server)?;
    say(&mut server, "QUIT")?;
    Ok(words)
}

fn say(server: &mut BufReader<TcpStream>, line: &str) -> Result<String, String> {
    server
        .get_mut()
        .write_all(format!("{line}\r\n").as_bytes())
        .map_err(|error| error.to_string())?;
    reply(server).map_err(|words| format!("{line}: {words}"))
}

fn reply(server: &mut BufReader<TcpStream>) -> Result<String, String> {
    let mut words = String::new();
    loop {
        let mut line = String::new();
        if server.read_line(&mut line).map_err(|error| error.to_string())? == 0 {
            return Err("the server closed the connection".to_owned());
        }
        words.push_str(&line);
        if line.as_bytes().get(3) != Some(&b'-') {
            break;
        }
    }
    match words.as_bytes().first() {
        Some(b'2' | b'3') => Ok(words),
        _ => Err(words),
    }
}

/// Lines end in CR LF, a leading dot is doubled, the final dot follows (RFC 5321, 4.5.2).
fn dot_stuffed(raw: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(raw.len() + 16);
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        if line.first() == Some(&b'.') {
            wire.push(b'.');
        }
        let body = line.strip_suffix(b"\n").unwrap_or(line);
        wire.extend_from_slice(body.strip_suffix(b"\r").unwrap_or(body));
        wire.extend_from_slice(b"\r\n");
    }
    wire.extend_from_slice(b".\r\n");
    wire
}
