//! What reading attachments may cost.

const MIB: u64 = 1024 * 1024;

/// Limits of one message's attachments. [`Limits::default`] suits bills, photos and scans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// An attachment with more bytes is not read.
    pub attachment_bytes_max: u64,
    /// Files read of one message, those of attached messages among them.
    pub attachments_per_message_max: usize,
    /// Wall-clock time.
    pub seconds_per_attachment_max: u64,
    pub seconds_per_message_max: u64,
    /// Pages of a PDF whose text layer is read.
    pub pages_max: u32,
    /// Pages of a PDF that are read by OCR, where they have no text layer.
    pub pages_by_ocr_max: u32,
    /// Pixels of a picture (width times height): a phone's 50 megapixels and some more.
    pub pixels_max: u64,
    /// Text taken from one attachment.
    pub text_bytes_max: u64,
    /// What each child process may use.
    pub child: Confinement,
}

/// What a child process may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confinement {
    /// Address space.
    pub memory_bytes: u64,
    pub cpu_seconds: u64,
    /// The largest file it may write.
    pub file_bytes: u64,
    /// What is taken of its standard output.
    pub output_bytes: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            attachment_bytes_max: 20 * MIB,
            attachments_per_message_max: 10,
            seconds_per_attachment_max: 20,
            seconds_per_message_max: 45,
            pages_max: 30,
            pages_by_ocr_max: 3,
            pixels_max: 64_000_000,
            text_bytes_max: MIB / 2,
            child: Confinement {
                memory_bytes: 1024 * MIB,
                cpu_seconds: 15,
                file_bytes: 64 * MIB,
                output_bytes: 16 * MIB,
            },
        }
    }
}
