# `make test` is the one test command: it installs what the tests need (Debian packages, by apt) and runs them all.

PACKAGES = dovecot-imapd dovecot-lmtpd postfix postgresql chromium openssl ca-certificates \
    poppler-utils qpdf spamassassin tesseract-ocr tesseract-ocr-fra tesseract-ocr-nld tesseract-ocr-deu
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: test packages check fuzz

test: packages
	@if cargo nextest --version >/dev/null 2>&1; then cargo nextest run; else cargo test --lib --bins --tests; fi
	cargo test --doc

# Postfix would ask which configuration to write; ours is made by the tests.
packages:
	@missing=$$(for p in $(PACKAGES); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	    echo "installing: $$missing"; \
	    echo "postfix postfix/main_mailer_type select No configuration" | $(SUDO) debconf-set-selections; \
	    $(SUDO) apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing; \
	fi

# What else must hold before a change lands.
check:
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo deny --log-level error check licenses bans sources

# Feeds one fuzz target (reading, alignment, understanding, attachments) what its author did not think of, for so many seconds:
# `make fuzz TARGET=reading SECONDS=1200`. Needs cargo-fuzz (`cargo install cargo-fuzz`). What it finds lies in fuzz/artifacts.
TARGET = reading
SECONDS = 1200
fuzz:
	fuzz/seed
	cd fuzz && RUSTC_BOOTSTRAP=1 cargo fuzz run $(TARGET) -- -dict=mail.dict -max_len=65536 -timeout=10 -report_slow_units=1 \
	    -rss_limit_mb=1024 -max_total_time=$(SECONDS)
