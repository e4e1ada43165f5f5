//! Stores on both databases, and what to put into them.

use estafette::letters::{Brand, SigningKey, TokenKeeper, Writer};
use estafette::registration::life_cycle::Policy;
use estafette::registration::{Reference, RegistrationDocument};
use estafette::store::{Store, StoreError};
use jiff::Timestamp;
use sqlx::{Connection, Executor, PgConnection, SqliteConnection};
use tempfile::TempDir;

use super::postgres;

/// A place for a store that lives as long as this value; opened again it holds what it held.
pub struct Place {
    pub url: String,
    _folder: Option<TempDir>,
}

impl Place {
    pub fn sqlite() -> Place {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Place {
            url: format!("sqlite:{}", folder.path().join("store.db").display()),
            _folder: Some(folder),
        }
    }

    pub async fn postgres() -> Place {
        Place {
            url: postgres::database().await,
            _folder: None,
        }
    }

    pub async fn open(&self) -> Store {
        self.try_open().await.expect("the store opens")
    }

    pub async fn try_open(&self) -> Result<Store, StoreError> {
        Store::open(&self.url, Box::new(writer), Policy::default()).await
    }

    /// Does to the database, behind the store's back, what an operator might.
    pub async fn execute(&self, statement: &'static str) -> Result<(), sqlx::Error> {
        if self.url.starts_with("sqlite:") {
            let mut connection = SqliteConnection::connect(&self.url).await?;
            connection.execute(statement).await.map(|_| ())
        } else {
            let mut connection = PgConnection::connect(&self.url).await?;
            connection.execute(statement).await.map(|_| ())
        }
    }
}

/// A writer with an invented brand.
pub fn writer(signing: [u8; 32]) -> Writer {
    Writer {
        brand: Brand {
            name: "Voltaneo".into(),
            address: "Rue de la Loi 1, 1000 Bruxelles".into(),
            enterprise_number: "BE0123456749".into(),
            phone: "+32 2 555 01 00".into(),
            phone_hours: [
                "9-17 h".into(),
                "9-17 u".into(),
                "9-17 Uhr".into(),
                "9 am-5 pm".into(),
            ],
            website: "https://voltaneo.example".into(),
            ombudsman: "Boulevard du Roi Albert II 8, 1000 Bruxelles".into(),
            answer_days: 10,
        },
        from_name: Some("Service Client".into()),
        from_address: "care@example.test".into(),
        tokens: TokenKeeper::new(SigningKey::new(&signing)),
        terms: Some(estafette::contract::Terms::sample()),
        pages: Some("https://my.example.test".into()),
    }
}

/// The moment `seconds` after the start of the tests' time.
pub fn second(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).expect("a moment in range")
}

pub fn reference(number: u8) -> Reference {
    Reference::from_random([7, 7, 7, 7, number])
}

/// A registration of an invented person, for electricity and gas.
pub fn document(number: u8) -> RegistrationDocument {
    serde_json::from_value(serde_json::json!({
        "language": "fr",
        "channel": "web",
        "kind": "switch",
        "customer": {
            "type": "residential",
            "first_name": "Amandine",
            "last_name": "Delvaux",
            "date_of_birth": "1984-03-12",
            "email": format!("Amandine.{number}@Customer.example"),
            "phone": "+32470123456"
        },
        "supply_address": {
            "street": "Rue des Guillemins",
            "house_number": "12",
            "postal_code": "4000",
            "municipality": "Liège"
        },
        "electricity": {"ean": format!("5414 4896 0000 0000 {number:02}")},
        "gas": {"ean": format!("5414567000000000{number:02}")},
        "start_date": "2026-12-01"
    }))
    .expect("a sound document")
}
