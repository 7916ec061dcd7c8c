//! People: organizers, customers and staff.

use chrono::{DateTime, Utc};

use super::ProfileId;
use super::declare::table;

table! {
    /// A person with an account: an organizer, a customer, or both. Extends `auth.users`.
    ///
    /// As specified, anyone can read every column of it, e-mail and phone included, unless the optional migration that
    /// narrows this is applied.
    pub struct Profile = "profiles", key "id", new
    /// The columns that a new profile must bring. Sign-up makes one by itself.
    ///
    /// ```
    /// use eventos_core::{NewProfile, Profile, query::from};
    ///
    /// # let id = "22222222-2222-4222-8222-222222222222".parse()?;
    /// let profile = NewProfile { id, email: "customer@example.com".into() }.set(Profile::FULL_NAME, "Michael Chen");
    /// assert_eq!(from::<Profile>().insert(profile).to_request()?.target(), "/profiles");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    NewProfile;
    columns {
        /// The same id as in `auth.users`.
        ID id: ProfileId, required;
        /// E-mail address.
        EMAIL email: String, required;
        /// Display name.
        FULL_NAME full_name: Option<String>, optional;
        /// Telephone number.
        PHONE phone: Option<String>, optional;
        /// Organization.
        COMPANY company: Option<String>, optional;
        /// When the account was made.
        CREATED_AT created_at: DateTime<Utc>, once;
        /// When the row last changed.
        UPDATED_AT updated_at: DateTime<Utc>, never;
    }
    relations {
        /// The events that this person organizes.
        EVENTS events: Many Event by column "organizer_id";
        /// The orders that this person placed.
        ORDERS orders: Many Order by column "customer_id";
        /// The venues that this person entered.
        VENUES venues: Many Venue by column "created_by";
    }
}
