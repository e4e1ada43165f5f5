//! `estafette letters DIR`: writes every kind of letter in every language into files, to be looked at.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use crate::clock;
use crate::config::Config;
use crate::contract::Terms;
use crate::letters::{Brand, SigningKey, TokenKeeper, Writer, samples};
use crate::reading;
use crate::registration::{Language, LetterKind};

use super::report;

/// With the brand, the terms and the address of a configuration, or those of an invented supplier.
pub fn run(dir: &Path, config: Option<Config>) -> ExitCode {
    // Tokens of a preview open nothing: the key is not the store's.
    let tokens = TokenKeeper::new(SigningKey::new(&[0; 32]));
    let writer = match config {
        Some(config) => Writer {
            brand: config.brand,
            from_name: config.mail.from_name,
            from_address: config.mail.from_address,
            tokens,
            terms: config.contract,
            pages: config.http.customer_url,
        },
        None => Writer {
            brand: Brand::sample(),
            from_name: Some("Voltaris".into()),
            from_address: "care@voltaris.example".into(),
            tokens,
            terms: Some(Terms::sample()),
            pages: Some("https://my.voltaris.example".into()),
        },
    };
    report(write_all(dir, &writer))
}

fn write_all(dir: &Path, writer: &Writer) -> anyhow::Result<()> {
    std::fs::create_dir_all(dir).with_context(|| format!("cannot make the folder {}", dir.display()))?;
    let mut written = 0;
    for kind in LetterKind::ALL {
        for language in Language::ALL {
            let registration = samples::registration_for(kind, language);
            let name = format!("{}.{}", kind.name(), language.code());
            let letter = samples::letter(writer, kind, &registration, clock::now())
                .with_context(|| format!("cannot write {name}"))?;
            let text = format!("{}\n\n{}", letter.subject, letter.text);
            let mut files: Vec<(PathBuf, &[u8])> = vec![
                (dir.join(format!("{name}.eml")), &letter.raw),
                (dir.join(format!("{name}.html")), letter.html.as_bytes()),
                (dir.join(format!("{name}.txt")), text.as_bytes()),
            ];
            let message = reading::read(&letter.raw);
            for attachment in &message.attachments {
                files.push((dir.join(format!("{name}.pdf")), &attachment.content));
            }
            for (file, bytes) in files {
                std::fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))?;
            }
            written += 1;
        }
    }
    println!(
        "{written} letters in {}: .html to look at, .txt, .eml, and the contract as .pdf",
        dir.display()
    );
    Ok(())
}
