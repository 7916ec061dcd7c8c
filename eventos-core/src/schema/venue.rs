//! Places where events happen.

use chrono::{DateTime, Utc};

use super::declare::table;
use super::{ProfileId, VenueId};

table! {
    /// A place where events happen. Anyone can read the directory.
    pub struct Venue = "venues", key "id", new
    /// The columns that a new venue must bring.
    ///
    /// ```
    /// use eventos_core::{NewVenue, Venue, query::from};
    /// use serde_json::json;
    ///
    /// let venue = NewVenue { name: "Loft".into(), address: "1 King St W".into(), capacity: 80 }
    ///     .set(Venue::AMENITIES, json!({ "wifi": true }));
    /// let request = from::<Venue>().insert(venue).to_request()?;
    /// assert!(request.body.unwrap_or_default().contains(r#""amenities":{"wifi":true}"#));
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    NewVenue;
    columns {
        /// Primary key.
        ID id: VenueId, once;
        /// Name of the venue.
        NAME name: String, required;
        /// Street address.
        ADDRESS address: String, required;
        /// City; Toronto unless said otherwise.
        CITY city: String, optional;
        /// Postal code.
        POSTAL_CODE postal_code: Option<String>, optional;
        /// The most people it holds, 10 to 50,000.
        CAPACITY capacity: i32, required in 10..=50_000;
        /// Features, such as `{"wifi": true, "parking": true}`.
        AMENITIES amenities: serde_json::Value, optional;
        /// E-mail address for bookings.
        CONTACT_EMAIL contact_email: Option<String>, optional;
        /// Telephone number for bookings.
        CONTACT_PHONE contact_phone: Option<String>, optional;
        /// When the row was made.
        CREATED_AT created_at: DateTime<Utc>, once;
        /// When the row last changed.
        UPDATED_AT updated_at: DateTime<Utc>, never;
        /// Who entered it, and so may change it; null for venues from before this was kept.
        CREATED_BY created_by: Option<ProfileId>, once;
    }
    relations {
        /// The events held here.
        EVENTS events: Many Event by column "venue_id";
        /// Who entered it.
        CREATOR creator: One Profile by column "created_by";
    }
}
