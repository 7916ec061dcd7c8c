//! The tables, for Swift, Kotlin and Python. Written by `cargo xtask generate` from the tables of eventos-core. Do not edit.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::client::Client;
use crate::error::EventosError;
use crate::filters::{JsonTest, NumberTest, Test, TextTest, TimeTest, equality_test};
use crate::query::{Count, Direction, Form};
use crate::values::{Cents, Json, Timestamp, id, labels};

id! {
/// The id of one attendee.
AttendeeId
}
equality_test! {
/// How a column of these ids is compared.
AttendeeIdTest of AttendeeId
}

id! {
/// The id of one event.
EventId
}
equality_test! {
/// How a column of these ids is compared.
EventIdTest of EventId
}

id! {
/// The id of one order.
OrderId
}
equality_test! {
/// How a column of these ids is compared.
OrderIdTest of OrderId
}

id! {
/// The id of one profile.
ProfileId
}
equality_test! {
/// How a column of these ids is compared.
ProfileIdTest of ProfileId
}

id! {
/// The id of one ticket.
TicketId
}
equality_test! {
/// How a column of these ids is compared.
TicketIdTest of TicketId
}

id! {
/// The id of one venue.
VenueId
}
equality_test! {
/// How a column of these ids is compared.
VenueIdTest of VenueId
}

labels! {
/// Where it stands in its life; a draft at first.
EventStatus { Draft = "draft", Published = "published", Cancelled = "cancelled", Completed = "completed" }
}
equality_test! {
/// How a column of these is compared.
EventStatusTest of EventStatus
}

labels! {
/// What kind of event it is.
EventType { Conference = "conference", Seminar = "seminar", Workshop = "workshop", Networking = "networking" }
}
equality_test! {
/// How a column of these is compared.
EventTypeTest of EventType
}

labels! {
/// Where the payment stands; pending at first.
PaymentStatus { Pending = "pending", Paid = "paid", Failed = "failed", Refunded = "refunded" }
}
equality_test! {
/// How a column of these is compared.
PaymentStatusTest of PaymentStatus
}

labels! {
/// Whether it still lets somebody in; active at first.
TicketStatus { Active = "active", Used = "used", Cancelled = "cancelled", Refunded = "refunded" }
}
equality_test! {
/// How a column of these is compared.
TicketStatusTest of TicketStatus
}

labels! {
/// Who sees it once published; public unless said otherwise.
Visibility { Public = "public", Private = "private" }
}
equality_test! {
/// How a column of these is compared.
VisibilityTest of Visibility
}

/// A row of `profiles`.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct Profile {
    /// The same id as in `auth.users`.
    pub id: ProfileId,
    /// E-mail address.
    pub email: String,
    /// Display name.
    pub full_name: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Organization.
    pub company: Option<String>,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When the row last changed.
    pub updated_at: Timestamp,
}

/// A column of `profiles`.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum ProfileColumn {
    Id,
    Email,
    FullName,
    Phone,
    Company,
    CreatedAt,
    UpdatedAt,
}

impl ProfileColumn {
    fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Email => "email",
            Self::FullName => "full_name",
            Self::Phone => "phone",
            Self::Company => "company",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        }
    }
}

/// A condition on rows of `profiles`.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum ProfileFilter {
    /// All of these hold.
    All {
        of: Vec<ProfileFilter>,
    },
    /// At least one of these holds.
    Any {
        of: Vec<ProfileFilter>,
    },
    /// None of these holds.
    None {
        of: Vec<ProfileFilter>,
    },
    Id {
        test: ProfileIdTest,
    },
    Email {
        test: TextTest,
    },
    FullName {
        test: TextTest,
    },
    Phone {
        test: TextTest,
    },
    Company {
        test: TextTest,
    },
    CreatedAt {
        test: TimeTest,
    },
    UpdatedAt {
        test: TimeTest,
    },
}

impl ProfileFilter {
    fn condition(&self) -> Value {
        let all = |filters: &[ProfileFilter]| filters.iter().map(ProfileFilter::condition).collect::<Vec<_>>();
        match self {
            Self::All { of } => json!({ "and": all(of) }),
            Self::Any { of } => json!({ "or": all(of) }),
            Self::None { of } => json!({ "not": { "or": all(of) } }),
            Self::Id { test } => test.on("id"),
            Self::Email { test } => test.on("email"),
            Self::FullName { test } => test.on("full_name"),
            Self::Phone { test } => test.on("phone"),
            Self::Company { test } => test.on("company"),
            Self::CreatedAt { test } => test.on("created_at"),
            Self::UpdatedAt { test } => test.on("updated_at"),
        }
    }
}

/// A read of `profiles`. Every call gives another query; the first stays as it is.
#[derive(uniffi::Object)]
pub struct ProfileQuery {
    form: Form,
}

/// A page of `profiles`, and where the next one begins; nothing after the last one.
#[derive(Debug, uniffi::Record)]
pub struct ProfilePage {
    pub rows: Vec<Profile>,
    pub cursor: Option<String>,
}

#[uniffi::export]
impl ProfileQuery {
    /// Rows of which this holds too.
    pub fn filter(&self, filter: ProfileFilter) -> Result<Arc<ProfileQuery>, EventosError> {
        Ok(Arc::new(ProfileQuery { form: self.form.and("where", filter.condition()) }))
    }

    /// In the order of a column; of several, the first decides.
    pub fn order_by(&self, column: ProfileColumn, direction: Direction) -> Result<Arc<ProfileQuery>, EventosError> {
        Ok(Arc::new(ProfileQuery { form: self.form.ordered(column.name(), direction) }))
    }

    /// At most so many rows.
    pub fn limit(&self, rows: u64) -> Result<Arc<ProfileQuery>, EventosError> {
        Ok(Arc::new(ProfileQuery { form: self.form.with("limit", rows) }))
    }

    /// Without the first so many rows.
    pub fn offset(&self, rows: u64) -> Result<Arc<ProfileQuery>, EventosError> {
        Ok(Arc::new(ProfileQuery { form: self.form.with("offset", rows) }))
    }

    /// The rows.
    pub async fn all(self: Arc<Self>) -> Result<Vec<Profile>, EventosError> {
        self.form.fetch().await
    }

    /// The one row.
    pub async fn single(self: Arc<Self>) -> Result<Profile, EventosError> {
        self.form.with("answer", "one").fetch().await
    }

    /// The row, or nothing.
    pub async fn maybe_single(self: Arc<Self>) -> Result<Option<Profile>, EventosError> {
        self.form.with("answer", "at_most_one").fetch().await
    }

    /// How many rows there are.
    pub async fn count(self: Arc<Self>, how: Count) -> Result<u64, EventosError> {
        self.form.with("answer", "count").with("count", how.as_str()).fetch().await
    }

    /// A page of so many rows; the first without a cursor.
    pub async fn page(self: Arc<Self>, size: u64, cursor: Option<String>) -> Result<ProfilePage, EventosError> {
        let (rows, cursor) = self.form.page(size, cursor).await?;
        Ok(ProfilePage { rows, cursor })
    }

    /// The rows as CSV.
    pub async fn csv(self: Arc<Self>) -> Result<String, EventosError> {
        self.form.with("answer", "csv").fetch().await
    }
}

#[uniffi::export]
impl Client {
    /// Reads `profiles`.
    pub fn profiles(&self) -> Result<Arc<ProfileQuery>, EventosError> {
        Ok(Arc::new(ProfileQuery { form: Form::of(&self.eventos, "profiles") }))
    }
}

/// What a new row of `profiles` brings. What is left out, the database decides.
#[derive(Debug, Clone, Serialize, uniffi::Record)]
pub struct NewProfile {
    /// The same id as in `auth.users`.
    pub id: ProfileId,
    /// E-mail address.
    pub email: String,
    /// Display name.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_name: Option<String>,
    /// Telephone number.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Organization.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// When the account was made.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

/// What an update of `profiles` sets. What is not named stays as it is; a column that may be null is cleared by null.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum ProfileChange {
    Id { value: ProfileId },
    Email { value: String },
    FullName { value: Option<String> },
    Phone { value: Option<String> },
    Company { value: Option<String> },
}

impl ProfileChange {
    fn set(&self, values: &mut Map<String, Value>) {
        let (name, value) = match self {
            Self::Id { value } => ("id", json!(value)),
            Self::Email { value } => ("email", json!(value)),
            Self::FullName { value } => ("full_name", json!(value)),
            Self::Phone { value } => ("phone", json!(value)),
            Self::Company { value } => ("company", json!(value)),
        };
        values.insert(name.to_owned(), value);
    }
}

#[uniffi::export]
impl Client {
    /// Makes rows of `profiles`, and gives them back.
    pub async fn insert_profiles(self: Arc<Self>, rows: Vec<NewProfile>) -> Result<Vec<Profile>, EventosError> {
        Form::of(&self.eventos, "profiles").with("insert", json!(rows)).with("select", json!({ "*": 1 })).fetch().await
    }

    /// Changes the rows of `profiles` of which a condition holds, and gives them back.
    pub async fn update_profiles(
        self: Arc<Self>,
        changes: Vec<ProfileChange>,
        filter: ProfileFilter,
    ) -> Result<Vec<Profile>, EventosError> {
        let mut values = Map::new();
        changes.iter().for_each(|change| change.set(&mut values));
        let form = Form::of(&self.eventos, "profiles").with("update", values);
        form.and("where", filter.condition()).with("select", json!({ "*": 1 })).fetch().await
    }

    /// Removes the rows of `profiles` of which a condition holds; how many they were.
    pub async fn delete_profiles(self: Arc<Self>, filter: ProfileFilter) -> Result<u64, EventosError> {
        let form = Form::of(&self.eventos, "profiles").with("delete", true).and("where", filter.condition());
        form.with("answer", "affected").fetch().await
    }
}

/// A row of `venues`.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct Venue {
    /// Primary key.
    pub id: VenueId,
    /// Name of the venue.
    pub name: String,
    /// Street address.
    pub address: String,
    /// City; Toronto unless said otherwise.
    pub city: String,
    /// Postal code.
    pub postal_code: Option<String>,
    /// The most people it holds, 10 to 50,000.
    pub capacity: i64,
    /// Features, such as `{"wifi": true, "parking": true}`.
    pub amenities: Json,
    /// E-mail address for bookings.
    pub contact_email: Option<String>,
    /// Telephone number for bookings.
    pub contact_phone: Option<String>,
    /// When the row was made.
    pub created_at: Timestamp,
    /// When the row last changed.
    pub updated_at: Timestamp,
    /// Who entered it, and so may change it; null for venues from before this was kept.
    pub created_by: Option<ProfileId>,
}

/// A column of `venues`.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum VenueColumn {
    Id,
    Name,
    Address,
    City,
    PostalCode,
    Capacity,
    Amenities,
    ContactEmail,
    ContactPhone,
    CreatedAt,
    UpdatedAt,
    CreatedBy,
}

impl VenueColumn {
    fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Address => "address",
            Self::City => "city",
            Self::PostalCode => "postal_code",
            Self::Capacity => "capacity",
            Self::Amenities => "amenities",
            Self::ContactEmail => "contact_email",
            Self::ContactPhone => "contact_phone",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
            Self::CreatedBy => "created_by",
        }
    }
}

/// A condition on rows of `venues`.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum VenueFilter {
    /// All of these hold.
    All {
        of: Vec<VenueFilter>,
    },
    /// At least one of these holds.
    Any {
        of: Vec<VenueFilter>,
    },
    /// None of these holds.
    None {
        of: Vec<VenueFilter>,
    },
    Id {
        test: VenueIdTest,
    },
    Name {
        test: TextTest,
    },
    Address {
        test: TextTest,
    },
    City {
        test: TextTest,
    },
    PostalCode {
        test: TextTest,
    },
    Capacity {
        test: NumberTest,
    },
    Amenities {
        test: JsonTest,
    },
    ContactEmail {
        test: TextTest,
    },
    ContactPhone {
        test: TextTest,
    },
    CreatedAt {
        test: TimeTest,
    },
    UpdatedAt {
        test: TimeTest,
    },
    CreatedBy {
        test: ProfileIdTest,
    },
}

impl VenueFilter {
    fn condition(&self) -> Value {
        let all = |filters: &[VenueFilter]| filters.iter().map(VenueFilter::condition).collect::<Vec<_>>();
        match self {
            Self::All { of } => json!({ "and": all(of) }),
            Self::Any { of } => json!({ "or": all(of) }),
            Self::None { of } => json!({ "not": { "or": all(of) } }),
            Self::Id { test } => test.on("id"),
            Self::Name { test } => test.on("name"),
            Self::Address { test } => test.on("address"),
            Self::City { test } => test.on("city"),
            Self::PostalCode { test } => test.on("postal_code"),
            Self::Capacity { test } => test.on("capacity"),
            Self::Amenities { test } => test.on("amenities"),
            Self::ContactEmail { test } => test.on("contact_email"),
            Self::ContactPhone { test } => test.on("contact_phone"),
            Self::CreatedAt { test } => test.on("created_at"),
            Self::UpdatedAt { test } => test.on("updated_at"),
            Self::CreatedBy { test } => test.on("created_by"),
        }
    }
}

/// A read of `venues`. Every call gives another query; the first stays as it is.
#[derive(uniffi::Object)]
pub struct VenueQuery {
    form: Form,
}

/// A page of `venues`, and where the next one begins; nothing after the last one.
#[derive(Debug, uniffi::Record)]
pub struct VenuePage {
    pub rows: Vec<Venue>,
    pub cursor: Option<String>,
}

#[uniffi::export]
impl VenueQuery {
    /// Rows of which this holds too.
    pub fn filter(&self, filter: VenueFilter) -> Result<Arc<VenueQuery>, EventosError> {
        Ok(Arc::new(VenueQuery { form: self.form.and("where", filter.condition()) }))
    }

    /// In the order of a column; of several, the first decides.
    pub fn order_by(&self, column: VenueColumn, direction: Direction) -> Result<Arc<VenueQuery>, EventosError> {
        Ok(Arc::new(VenueQuery { form: self.form.ordered(column.name(), direction) }))
    }

    /// At most so many rows.
    pub fn limit(&self, rows: u64) -> Result<Arc<VenueQuery>, EventosError> {
        Ok(Arc::new(VenueQuery { form: self.form.with("limit", rows) }))
    }

    /// Without the first so many rows.
    pub fn offset(&self, rows: u64) -> Result<Arc<VenueQuery>, EventosError> {
        Ok(Arc::new(VenueQuery { form: self.form.with("offset", rows) }))
    }

    /// The rows.
    pub async fn all(self: Arc<Self>) -> Result<Vec<Venue>, EventosError> {
        self.form.fetch().await
    }

    /// The one row.
    pub async fn single(self: Arc<Self>) -> Result<Venue, EventosError> {
        self.form.with("answer", "one").fetch().await
    }

    /// The row, or nothing.
    pub async fn maybe_single(self: Arc<Self>) -> Result<Option<Venue>, EventosError> {
        self.form.with("answer", "at_most_one").fetch().await
    }

    /// How many rows there are.
    pub async fn count(self: Arc<Self>, how: Count) -> Result<u64, EventosError> {
        self.form.with("answer", "count").with("count", how.as_str()).fetch().await
    }

    /// A page of so many rows; the first without a cursor.
    pub async fn page(self: Arc<Self>, size: u64, cursor: Option<String>) -> Result<VenuePage, EventosError> {
        let (rows, cursor) = self.form.page(size, cursor).await?;
        Ok(VenuePage { rows, cursor })
    }

    /// The rows as CSV.
    pub async fn csv(self: Arc<Self>) -> Result<String, EventosError> {
        self.form.with("answer", "csv").fetch().await
    }
}

#[uniffi::export]
impl Client {
    /// Reads `venues`.
    pub fn venues(&self) -> Result<Arc<VenueQuery>, EventosError> {
        Ok(Arc::new(VenueQuery { form: Form::of(&self.eventos, "venues") }))
    }
}

/// What a new row of `venues` brings. What is left out, the database decides.
#[derive(Debug, Clone, Serialize, uniffi::Record)]
pub struct NewVenue {
    /// Primary key.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<VenueId>,
    /// Name of the venue.
    pub name: String,
    /// Street address.
    pub address: String,
    /// City; Toronto unless said otherwise.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Postal code.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// The most people it holds, 10 to 50,000.
    pub capacity: i64,
    /// Features, such as `{"wifi": true, "parking": true}`.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amenities: Option<Json>,
    /// E-mail address for bookings.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_email: Option<String>,
    /// Telephone number for bookings.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_phone: Option<String>,
    /// When the row was made.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// Who entered it, and so may change it; null for venues from before this was kept.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by: Option<ProfileId>,
}

/// What an update of `venues` sets. What is not named stays as it is; a column that may be null is cleared by null.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum VenueChange {
    Name { value: String },
    Address { value: String },
    City { value: String },
    PostalCode { value: Option<String> },
    Capacity { value: i64 },
    Amenities { value: Json },
    ContactEmail { value: Option<String> },
    ContactPhone { value: Option<String> },
}

impl VenueChange {
    fn set(&self, values: &mut Map<String, Value>) {
        let (name, value) = match self {
            Self::Name { value } => ("name", json!(value)),
            Self::Address { value } => ("address", json!(value)),
            Self::City { value } => ("city", json!(value)),
            Self::PostalCode { value } => ("postal_code", json!(value)),
            Self::Capacity { value } => ("capacity", json!(value)),
            Self::Amenities { value } => ("amenities", json!(value)),
            Self::ContactEmail { value } => ("contact_email", json!(value)),
            Self::ContactPhone { value } => ("contact_phone", json!(value)),
        };
        values.insert(name.to_owned(), value);
    }
}

#[uniffi::export]
impl Client {
    /// Makes rows of `venues`, and gives them back.
    pub async fn insert_venues(self: Arc<Self>, rows: Vec<NewVenue>) -> Result<Vec<Venue>, EventosError> {
        Form::of(&self.eventos, "venues").with("insert", json!(rows)).with("select", json!({ "*": 1 })).fetch().await
    }

    /// Changes the rows of `venues` of which a condition holds, and gives them back.
    pub async fn update_venues(
        self: Arc<Self>,
        changes: Vec<VenueChange>,
        filter: VenueFilter,
    ) -> Result<Vec<Venue>, EventosError> {
        let mut values = Map::new();
        changes.iter().for_each(|change| change.set(&mut values));
        let form = Form::of(&self.eventos, "venues").with("update", values);
        form.and("where", filter.condition()).with("select", json!({ "*": 1 })).fetch().await
    }

    /// Removes the rows of `venues` of which a condition holds; how many they were.
    pub async fn delete_venues(self: Arc<Self>, filter: VenueFilter) -> Result<u64, EventosError> {
        let form = Form::of(&self.eventos, "venues").with("delete", true).and("where", filter.condition());
        form.with("answer", "affected").fetch().await
    }
}

/// A row of `events`.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct Event {
    /// Primary key.
    pub id: EventId,
    /// Who organizes it.
    pub organizer_id: ProfileId,
    /// Where it happens, once known.
    pub venue_id: Option<VenueId>,
    /// Title.
    pub name: String,
    /// Its name in URLs, made by the database from the title and the id unless given.
    pub slug: String,
    /// What kind of event it is.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// What it is about.
    pub description: Option<String>,
    /// When it starts.
    pub start_at: Timestamp,
    /// When it ends, after it starts.
    pub end_at: Timestamp,
    /// The most tickets it sells, 10 to 10,000.
    pub capacity: i64,
    /// Price of a ticket in cents, 0 or more.
    pub price_cents: Cents,
    /// Where it stands in its life; a draft at first.
    pub status: EventStatus,
    /// Who sees it once published; public unless said otherwise.
    pub visibility: Visibility,
    /// When the row was made.
    pub created_at: Timestamp,
    /// When the row last changed.
    pub updated_at: Timestamp,
}

/// A column of `events`.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum EventColumn {
    Id,
    OrganizerId,
    VenueId,
    Name,
    Slug,
    Type,
    Description,
    StartAt,
    EndAt,
    Capacity,
    PriceCents,
    Status,
    Visibility,
    CreatedAt,
    UpdatedAt,
}

impl EventColumn {
    fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::OrganizerId => "organizer_id",
            Self::VenueId => "venue_id",
            Self::Name => "name",
            Self::Slug => "slug",
            Self::Type => "type",
            Self::Description => "description",
            Self::StartAt => "start_at",
            Self::EndAt => "end_at",
            Self::Capacity => "capacity",
            Self::PriceCents => "price_cents",
            Self::Status => "status",
            Self::Visibility => "visibility",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        }
    }
}

/// A condition on rows of `events`.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum EventFilter {
    /// All of these hold.
    All {
        of: Vec<EventFilter>,
    },
    /// At least one of these holds.
    Any {
        of: Vec<EventFilter>,
    },
    /// None of these holds.
    None {
        of: Vec<EventFilter>,
    },
    Id {
        test: EventIdTest,
    },
    OrganizerId {
        test: ProfileIdTest,
    },
    VenueId {
        test: VenueIdTest,
    },
    Name {
        test: TextTest,
    },
    Slug {
        test: TextTest,
    },
    Type {
        test: EventTypeTest,
    },
    Description {
        test: TextTest,
    },
    StartAt {
        test: TimeTest,
    },
    EndAt {
        test: TimeTest,
    },
    Capacity {
        test: NumberTest,
    },
    PriceCents {
        test: NumberTest,
    },
    Status {
        test: EventStatusTest,
    },
    Visibility {
        test: VisibilityTest,
    },
    CreatedAt {
        test: TimeTest,
    },
    UpdatedAt {
        test: TimeTest,
    },
}

impl EventFilter {
    fn condition(&self) -> Value {
        let all = |filters: &[EventFilter]| filters.iter().map(EventFilter::condition).collect::<Vec<_>>();
        match self {
            Self::All { of } => json!({ "and": all(of) }),
            Self::Any { of } => json!({ "or": all(of) }),
            Self::None { of } => json!({ "not": { "or": all(of) } }),
            Self::Id { test } => test.on("id"),
            Self::OrganizerId { test } => test.on("organizer_id"),
            Self::VenueId { test } => test.on("venue_id"),
            Self::Name { test } => test.on("name"),
            Self::Slug { test } => test.on("slug"),
            Self::Type { test } => test.on("type"),
            Self::Description { test } => test.on("description"),
            Self::StartAt { test } => test.on("start_at"),
            Self::EndAt { test } => test.on("end_at"),
            Self::Capacity { test } => test.on("capacity"),
            Self::PriceCents { test } => test.on("price_cents"),
            Self::Status { test } => test.on("status"),
            Self::Visibility { test } => test.on("visibility"),
            Self::CreatedAt { test } => test.on("created_at"),
            Self::UpdatedAt { test } => test.on("updated_at"),
        }
    }
}

/// A read of `events`. Every call gives another query; the first stays as it is.
#[derive(uniffi::Object)]
pub struct EventQuery {
    form: Form,
}

/// A page of `events`, and where the next one begins; nothing after the last one.
#[derive(Debug, uniffi::Record)]
pub struct EventPage {
    pub rows: Vec<Event>,
    pub cursor: Option<String>,
}

#[uniffi::export]
impl EventQuery {
    /// Rows of which this holds too.
    pub fn filter(&self, filter: EventFilter) -> Result<Arc<EventQuery>, EventosError> {
        Ok(Arc::new(EventQuery { form: self.form.and("where", filter.condition()) }))
    }

    /// In the order of a column; of several, the first decides.
    pub fn order_by(&self, column: EventColumn, direction: Direction) -> Result<Arc<EventQuery>, EventosError> {
        Ok(Arc::new(EventQuery { form: self.form.ordered(column.name(), direction) }))
    }

    /// At most so many rows.
    pub fn limit(&self, rows: u64) -> Result<Arc<EventQuery>, EventosError> {
        Ok(Arc::new(EventQuery { form: self.form.with("limit", rows) }))
    }

    /// Without the first so many rows.
    pub fn offset(&self, rows: u64) -> Result<Arc<EventQuery>, EventosError> {
        Ok(Arc::new(EventQuery { form: self.form.with("offset", rows) }))
    }

    /// The rows.
    pub async fn all(self: Arc<Self>) -> Result<Vec<Event>, EventosError> {
        self.form.fetch().await
    }

    /// The one row.
    pub async fn single(self: Arc<Self>) -> Result<Event, EventosError> {
        self.form.with("answer", "one").fetch().await
    }

    /// The row, or nothing.
    pub async fn maybe_single(self: Arc<Self>) -> Result<Option<Event>, EventosError> {
        self.form.with("answer", "at_most_one").fetch().await
    }

    /// How many rows there are.
    pub async fn count(self: Arc<Self>, how: Count) -> Result<u64, EventosError> {
        self.form.with("answer", "count").with("count", how.as_str()).fetch().await
    }

    /// A page of so many rows; the first without a cursor.
    pub async fn page(self: Arc<Self>, size: u64, cursor: Option<String>) -> Result<EventPage, EventosError> {
        let (rows, cursor) = self.form.page(size, cursor).await?;
        Ok(EventPage { rows, cursor })
    }

    /// The rows as CSV.
    pub async fn csv(self: Arc<Self>) -> Result<String, EventosError> {
        self.form.with("answer", "csv").fetch().await
    }
}

#[uniffi::export]
impl Client {
    /// Reads `events`.
    pub fn events(&self) -> Result<Arc<EventQuery>, EventosError> {
        Ok(Arc::new(EventQuery { form: Form::of(&self.eventos, "events") }))
    }
}

/// What a new row of `events` brings. What is left out, the database decides.
#[derive(Debug, Clone, Serialize, uniffi::Record)]
pub struct NewEvent {
    /// Primary key.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<EventId>,
    /// Who organizes it.
    pub organizer_id: ProfileId,
    /// Where it happens, once known.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue_id: Option<VenueId>,
    /// Title.
    pub name: String,
    /// Its name in URLs, made by the database from the title and the id unless given.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// What kind of event it is.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// What it is about.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When it starts.
    pub start_at: Timestamp,
    /// When it ends, after it starts.
    pub end_at: Timestamp,
    /// The most tickets it sells, 10 to 10,000.
    pub capacity: i64,
    /// Price of a ticket in cents, 0 or more.
    pub price_cents: Cents,
    /// Where it stands in its life; a draft at first.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<EventStatus>,
    /// Who sees it once published; public unless said otherwise.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<Visibility>,
    /// When the row was made.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

/// What an update of `events` sets. What is not named stays as it is; a column that may be null is cleared by null.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum EventChange {
    OrganizerId { value: ProfileId },
    VenueId { value: Option<VenueId> },
    Name { value: String },
    Slug { value: String },
    Type { value: EventType },
    Description { value: Option<String> },
    StartAt { value: Timestamp },
    EndAt { value: Timestamp },
    Capacity { value: i64 },
    PriceCents { value: Cents },
    Status { value: EventStatus },
    Visibility { value: Visibility },
}

impl EventChange {
    fn set(&self, values: &mut Map<String, Value>) {
        let (name, value) = match self {
            Self::OrganizerId { value } => ("organizer_id", json!(value)),
            Self::VenueId { value } => ("venue_id", json!(value)),
            Self::Name { value } => ("name", json!(value)),
            Self::Slug { value } => ("slug", json!(value)),
            Self::Type { value } => ("type", json!(value)),
            Self::Description { value } => ("description", json!(value)),
            Self::StartAt { value } => ("start_at", json!(value)),
            Self::EndAt { value } => ("end_at", json!(value)),
            Self::Capacity { value } => ("capacity", json!(value)),
            Self::PriceCents { value } => ("price_cents", json!(value)),
            Self::Status { value } => ("status", json!(value)),
            Self::Visibility { value } => ("visibility", json!(value)),
        };
        values.insert(name.to_owned(), value);
    }
}

#[uniffi::export]
impl Client {
    /// Makes rows of `events`, and gives them back.
    pub async fn insert_events(self: Arc<Self>, rows: Vec<NewEvent>) -> Result<Vec<Event>, EventosError> {
        Form::of(&self.eventos, "events").with("insert", json!(rows)).with("select", json!({ "*": 1 })).fetch().await
    }

    /// Changes the rows of `events` of which a condition holds, and gives them back.
    pub async fn update_events(
        self: Arc<Self>,
        changes: Vec<EventChange>,
        filter: EventFilter,
    ) -> Result<Vec<Event>, EventosError> {
        let mut values = Map::new();
        changes.iter().for_each(|change| change.set(&mut values));
        let form = Form::of(&self.eventos, "events").with("update", values);
        form.and("where", filter.condition()).with("select", json!({ "*": 1 })).fetch().await
    }

    /// Removes the rows of `events` of which a condition holds; how many they were.
    pub async fn delete_events(self: Arc<Self>, filter: EventFilter) -> Result<u64, EventosError> {
        let form = Form::of(&self.eventos, "events").with("delete", true).and("where", filter.condition());
        form.with("answer", "affected").fetch().await
    }
}

/// A row of `orders`.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct Order {
    /// Primary key.
    pub id: OrderId,
    /// Who buys.
    pub customer_id: ProfileId,
    /// For which event.
    pub event_id: EventId,
    /// The number that people quote, made by the database.
    pub order_number: String,
    /// How many tickets, 1 to 20.
    pub quantity: i64,
    /// Price of one ticket in cents, 0 or more.
    pub unit_price_cents: Cents,
    /// The whole amount in cents: quantity × unit price.
    pub total_cents: Cents,
    /// Where the payment stands; pending at first.
    pub payment_status: PaymentStatus,
    /// Stripe's payment intent; no two orders share one.
    pub stripe_payment_intent_id: Option<String>,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// When the row was made.
    pub created_at: Timestamp,
    /// When the row last changed.
    pub updated_at: Timestamp,
}

/// A column of `orders`.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum OrderColumn {
    Id,
    CustomerId,
    EventId,
    OrderNumber,
    Quantity,
    UnitPriceCents,
    TotalCents,
    PaymentStatus,
    StripePaymentIntentId,
    PaidAt,
    CreatedAt,
    UpdatedAt,
}

impl OrderColumn {
    fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::CustomerId => "customer_id",
            Self::EventId => "event_id",
            Self::OrderNumber => "order_number",
            Self::Quantity => "quantity",
            Self::UnitPriceCents => "unit_price_cents",
            Self::TotalCents => "total_cents",
            Self::PaymentStatus => "payment_status",
            Self::StripePaymentIntentId => "stripe_payment_intent_id",
            Self::PaidAt => "paid_at",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        }
    }
}

/// A condition on rows of `orders`.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum OrderFilter {
    /// All of these hold.
    All {
        of: Vec<OrderFilter>,
    },
    /// At least one of these holds.
    Any {
        of: Vec<OrderFilter>,
    },
    /// None of these holds.
    None {
        of: Vec<OrderFilter>,
    },
    Id {
        test: OrderIdTest,
    },
    CustomerId {
        test: ProfileIdTest,
    },
    EventId {
        test: EventIdTest,
    },
    OrderNumber {
        test: TextTest,
    },
    Quantity {
        test: NumberTest,
    },
    UnitPriceCents {
        test: NumberTest,
    },
    TotalCents {
        test: NumberTest,
    },
    PaymentStatus {
        test: PaymentStatusTest,
    },
    StripePaymentIntentId {
        test: TextTest,
    },
    PaidAt {
        test: TimeTest,
    },
    CreatedAt {
        test: TimeTest,
    },
    UpdatedAt {
        test: TimeTest,
    },
}

impl OrderFilter {
    fn condition(&self) -> Value {
        let all = |filters: &[OrderFilter]| filters.iter().map(OrderFilter::condition).collect::<Vec<_>>();
        match self {
            Self::All { of } => json!({ "and": all(of) }),
            Self::Any { of } => json!({ "or": all(of) }),
            Self::None { of } => json!({ "not": { "or": all(of) } }),
            Self::Id { test } => test.on("id"),
            Self::CustomerId { test } => test.on("customer_id"),
            Self::EventId { test } => test.on("event_id"),
            Self::OrderNumber { test } => test.on("order_number"),
            Self::Quantity { test } => test.on("quantity"),
            Self::UnitPriceCents { test } => test.on("unit_price_cents"),
            Self::TotalCents { test } => test.on("total_cents"),
            Self::PaymentStatus { test } => test.on("payment_status"),
            Self::StripePaymentIntentId { test } => test.on("stripe_payment_intent_id"),
            Self::PaidAt { test } => test.on("paid_at"),
            Self::CreatedAt { test } => test.on("created_at"),
            Self::UpdatedAt { test } => test.on("updated_at"),
        }
    }
}

/// A read of `orders`. Every call gives another query; the first stays as it is.
#[derive(uniffi::Object)]
pub struct OrderQuery {
    form: Form,
}

/// A page of `orders`, and where the next one begins; nothing after the last one.
#[derive(Debug, uniffi::Record)]
pub struct OrderPage {
    pub rows: Vec<Order>,
    pub cursor: Option<String>,
}

#[uniffi::export]
impl OrderQuery {
    /// Rows of which this holds too.
    pub fn filter(&self, filter: OrderFilter) -> Result<Arc<OrderQuery>, EventosError> {
        Ok(Arc::new(OrderQuery { form: self.form.and("where", filter.condition()) }))
    }

    /// In the order of a column; of several, the first decides.
    pub fn order_by(&self, column: OrderColumn, direction: Direction) -> Result<Arc<OrderQuery>, EventosError> {
        Ok(Arc::new(OrderQuery { form: self.form.ordered(column.name(), direction) }))
    }

    /// At most so many rows.
    pub fn limit(&self, rows: u64) -> Result<Arc<OrderQuery>, EventosError> {
        Ok(Arc::new(OrderQuery { form: self.form.with("limit", rows) }))
    }

    /// Without the first so many rows.
    pub fn offset(&self, rows: u64) -> Result<Arc<OrderQuery>, EventosError> {
        Ok(Arc::new(OrderQuery { form: self.form.with("offset", rows) }))
    }

    /// The rows.
    pub async fn all(self: Arc<Self>) -> Result<Vec<Order>, EventosError> {
        self.form.fetch().await
    }

    /// The one row.
    pub async fn single(self: Arc<Self>) -> Result<Order, EventosError> {
        self.form.with("answer", "one").fetch().await
    }

    /// The row, or nothing.
    pub async fn maybe_single(self: Arc<Self>) -> Result<Option<Order>, EventosError> {
        self.form.with("answer", "at_most_one").fetch().await
    }

    /// How many rows there are.
    pub async fn count(self: Arc<Self>, how: Count) -> Result<u64, EventosError> {
        self.form.with("answer", "count").with("count", how.as_str()).fetch().await
    }

    /// A page of so many rows; the first without a cursor.
    pub async fn page(self: Arc<Self>, size: u64, cursor: Option<String>) -> Result<OrderPage, EventosError> {
        let (rows, cursor) = self.form.page(size, cursor).await?;
        Ok(OrderPage { rows, cursor })
    }

    /// The rows as CSV.
    pub async fn csv(self: Arc<Self>) -> Result<String, EventosError> {
        self.form.with("answer", "csv").fetch().await
    }
}

#[uniffi::export]
impl Client {
    /// Reads `orders`.
    pub fn orders(&self) -> Result<Arc<OrderQuery>, EventosError> {
        Ok(Arc::new(OrderQuery { form: Form::of(&self.eventos, "orders") }))
    }
}

/// What a new row of `orders` brings. What is left out, the database decides.
#[derive(Debug, Clone, Serialize, uniffi::Record)]
pub struct NewOrder {
    /// Primary key.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<OrderId>,
    /// Who buys.
    pub customer_id: ProfileId,
    /// For which event.
    pub event_id: EventId,
    /// The number that people quote, made by the database.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// How many tickets, 1 to 20.
    pub quantity: i64,
    /// Price of one ticket in cents, 0 or more.
    pub unit_price_cents: Cents,
    /// The whole amount in cents: quantity × unit price.
    pub total_cents: Cents,
    /// Where the payment stands; pending at first.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_status: Option<PaymentStatus>,
    /// Stripe's payment intent; no two orders share one.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stripe_payment_intent_id: Option<String>,
    /// When it was paid.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<Timestamp>,
    /// When the row was made.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

/// What an update of `orders` sets. What is not named stays as it is; a column that may be null is cleared by null.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum OrderChange {
    CustomerId { value: ProfileId },
    EventId { value: EventId },
    Quantity { value: i64 },
    UnitPriceCents { value: Cents },
    TotalCents { value: Cents },
    PaymentStatus { value: PaymentStatus },
    StripePaymentIntentId { value: Option<String> },
    PaidAt { value: Option<Timestamp> },
}

impl OrderChange {
    fn set(&self, values: &mut Map<String, Value>) {
        let (name, value) = match self {
            Self::CustomerId { value } => ("customer_id", json!(value)),
            Self::EventId { value } => ("event_id", json!(value)),
            Self::Quantity { value } => ("quantity", json!(value)),
            Self::UnitPriceCents { value } => ("unit_price_cents", json!(value)),
            Self::TotalCents { value } => ("total_cents", json!(value)),
            Self::PaymentStatus { value } => ("payment_status", json!(value)),
            Self::StripePaymentIntentId { value } => ("stripe_payment_intent_id", json!(value)),
            Self::PaidAt { value } => ("paid_at", json!(value)),
        };
        values.insert(name.to_owned(), value);
    }
}

#[uniffi::export]
impl Client {
    /// Makes rows of `orders`, and gives them back.
    pub async fn insert_orders(self: Arc<Self>, rows: Vec<NewOrder>) -> Result<Vec<Order>, EventosError> {
        Form::of(&self.eventos, "orders").with("insert", json!(rows)).with("select", json!({ "*": 1 })).fetch().await
    }

    /// Changes the rows of `orders` of which a condition holds, and gives them back.
    pub async fn update_orders(
        self: Arc<Self>,
        changes: Vec<OrderChange>,
        filter: OrderFilter,
    ) -> Result<Vec<Order>, EventosError> {
        let mut values = Map::new();
        changes.iter().for_each(|change| change.set(&mut values));
        let form = Form::of(&self.eventos, "orders").with("update", values);
        form.and("where", filter.condition()).with("select", json!({ "*": 1 })).fetch().await
    }

    /// Removes the rows of `orders` of which a condition holds; how many they were.
    pub async fn delete_orders(self: Arc<Self>, filter: OrderFilter) -> Result<u64, EventosError> {
        let form = Form::of(&self.eventos, "orders").with("delete", true).and("where", filter.condition());
        form.with("answer", "affected").fetch().await
    }
}

/// A row of `attendees`.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct Attendee {
    /// Primary key.
    pub id: AttendeeId,
    /// The order that pays for the seat.
    pub order_id: OrderId,
    /// The event attended, the order's.
    pub event_id: EventId,
    /// Name.
    pub full_name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: Option<String>,
    /// When the row was made.
    pub created_at: Timestamp,
    /// When the row last changed.
    pub updated_at: Timestamp,
}

/// A column of `attendees`.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum AttendeeColumn {
    Id,
    OrderId,
    EventId,
    FullName,
    Email,
    Phone,
    CreatedAt,
    UpdatedAt,
}

impl AttendeeColumn {
    fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::OrderId => "order_id",
            Self::EventId => "event_id",
            Self::FullName => "full_name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        }
    }
}

/// A condition on rows of `attendees`.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum AttendeeFilter {
    /// All of these hold.
    All {
        of: Vec<AttendeeFilter>,
    },
    /// At least one of these holds.
    Any {
        of: Vec<AttendeeFilter>,
    },
    /// None of these holds.
    None {
        of: Vec<AttendeeFilter>,
    },
    Id {
        test: AttendeeIdTest,
    },
    OrderId {
        test: OrderIdTest,
    },
    EventId {
        test: EventIdTest,
    },
    FullName {
        test: TextTest,
    },
    Email {
        test: TextTest,
    },
    Phone {
        test: TextTest,
    },
    CreatedAt {
        test: TimeTest,
    },
    UpdatedAt {
        test: TimeTest,
    },
}

impl AttendeeFilter {
    fn condition(&self) -> Value {
        let all = |filters: &[AttendeeFilter]| filters.iter().map(AttendeeFilter::condition).collect::<Vec<_>>();
        match self {
            Self::All { of } => json!({ "and": all(of) }),
            Self::Any { of } => json!({ "or": all(of) }),
            Self::None { of } => json!({ "not": { "or": all(of) } }),
            Self::Id { test } => test.on("id"),
            Self::OrderId { test } => test.on("order_id"),
            Self::EventId { test } => test.on("event_id"),
            Self::FullName { test } => test.on("full_name"),
            Self::Email { test } => test.on("email"),
            Self::Phone { test } => test.on("phone"),
            Self::CreatedAt { test } => test.on("created_at"),
            Self::UpdatedAt { test } => test.on("updated_at"),
        }
    }
}

/// A read of `attendees`. Every call gives another query; the first stays as it is.
#[derive(uniffi::Object)]
pub struct AttendeeQuery {
    form: Form,
}

/// A page of `attendees`, and where the next one begins; nothing after the last one.
#[derive(Debug, uniffi::Record)]
pub struct AttendeePage {
    pub rows: Vec<Attendee>,
    pub cursor: Option<String>,
}

#[uniffi::export]
impl AttendeeQuery {
    /// Rows of which this holds too.
    pub fn filter(&self, filter: AttendeeFilter) -> Result<Arc<AttendeeQuery>, EventosError> {
        Ok(Arc::new(AttendeeQuery { form: self.form.and("where", filter.condition()) }))
    }

    /// In the order of a column; of several, the first decides.
    pub fn order_by(&self, column: AttendeeColumn, direction: Direction) -> Result<Arc<AttendeeQuery>, EventosError> {
        Ok(Arc::new(AttendeeQuery { form: self.form.ordered(column.name(), direction) }))
    }

    /// At most so many rows.
    pub fn limit(&self, rows: u64) -> Result<Arc<AttendeeQuery>, EventosError> {
        Ok(Arc::new(AttendeeQuery { form: self.form.with("limit", rows) }))
    }

    /// Without the first so many rows.
    pub fn offset(&self, rows: u64) -> Result<Arc<AttendeeQuery>, EventosError> {
        Ok(Arc::new(AttendeeQuery { form: self.form.with("offset", rows) }))
    }

    /// The rows.
    pub async fn all(self: Arc<Self>) -> Result<Vec<Attendee>, EventosError> {
        self.form.fetch().await
    }

    /// The one row.
    pub async fn single(self: Arc<Self>) -> Result<Attendee, EventosError> {
        self.form.with("answer", "one").fetch().await
    }

    /// The row, or nothing.
    pub async fn maybe_single(self: Arc<Self>) -> Result<Option<Attendee>, EventosError> {
        self.form.with("answer", "at_most_one").fetch().await
    }

    /// How many rows there are.
    pub async fn count(self: Arc<Self>, how: Count) -> Result<u64, EventosError> {
        self.form.with("answer", "count").with("count", how.as_str()).fetch().await
    }

    /// A page of so many rows; the first without a cursor.
    pub async fn page(self: Arc<Self>, size: u64, cursor: Option<String>) -> Result<AttendeePage, EventosError> {
        let (rows, cursor) = self.form.page(size, cursor).await?;
        Ok(AttendeePage { rows, cursor })
    }

    /// The rows as CSV.
    pub async fn csv(self: Arc<Self>) -> Result<String, EventosError> {
        self.form.with("answer", "csv").fetch().await
    }
}

#[uniffi::export]
impl Client {
    /// Reads `attendees`.
    pub fn attendees(&self) -> Result<Arc<AttendeeQuery>, EventosError> {
        Ok(Arc::new(AttendeeQuery { form: Form::of(&self.eventos, "attendees") }))
    }
}

/// What a new row of `attendees` brings. What is left out, the database decides.
#[derive(Debug, Clone, Serialize, uniffi::Record)]
pub struct NewAttendee {
    /// Primary key.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<AttendeeId>,
    /// The order that pays for the seat.
    pub order_id: OrderId,
    /// The event attended, the order's.
    pub event_id: EventId,
    /// Name.
    pub full_name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// When the row was made.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

/// What an update of `attendees` sets. What is not named stays as it is; a column that may be null is cleared by null.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum AttendeeChange {
    OrderId { value: OrderId },
    EventId { value: EventId },
    FullName { value: String },
    Email { value: String },
    Phone { value: Option<String> },
}

impl AttendeeChange {
    fn set(&self, values: &mut Map<String, Value>) {
        let (name, value) = match self {
            Self::OrderId { value } => ("order_id", json!(value)),
            Self::EventId { value } => ("event_id", json!(value)),
            Self::FullName { value } => ("full_name", json!(value)),
            Self::Email { value } => ("email", json!(value)),
            Self::Phone { value } => ("phone", json!(value)),
        };
        values.insert(name.to_owned(), value);
    }
}

#[uniffi::export]
impl Client {
    /// Makes rows of `attendees`, and gives them back.
    pub async fn insert_attendees(self: Arc<Self>, rows: Vec<NewAttendee>) -> Result<Vec<Attendee>, EventosError> {
        Form::of(&self.eventos, "attendees").with("insert", json!(rows)).with("select", json!({ "*": 1 })).fetch().await
    }

    /// Changes the rows of `attendees` of which a condition holds, and gives them back.
    pub async fn update_attendees(
        self: Arc<Self>,
        changes: Vec<AttendeeChange>,
        filter: AttendeeFilter,
    ) -> Result<Vec<Attendee>, EventosError> {
        let mut values = Map::new();
        changes.iter().for_each(|change| change.set(&mut values));
        let form = Form::of(&self.eventos, "attendees").with("update", values);
        form.and("where", filter.condition()).with("select", json!({ "*": 1 })).fetch().await
    }

    /// Removes the rows of `attendees` of which a condition holds; how many they were.
    pub async fn delete_attendees(self: Arc<Self>, filter: AttendeeFilter) -> Result<u64, EventosError> {
        let form = Form::of(&self.eventos, "attendees").with("delete", true).and("where", filter.condition());
        form.with("answer", "affected").fetch().await
    }
}

/// A row of `tickets`.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct Ticket {
    /// Primary key.
    pub id: TicketId,
    /// The event it lets into.
    pub event_id: EventId,
    /// The order that paid for it.
    pub order_id: OrderId,
    /// Whom it lets in, once known.
    pub attendee_id: Option<AttendeeId>,
    /// The number that people quote, made by the database.
    pub ticket_number: String,
    /// What the QR code says: a secret that admits whoever shows it first, made by the database.
    pub qr_code: String,
    /// Whether it still lets somebody in; active at first.
    pub status: TicketStatus,
    /// When its holder was let in.
    pub checked_in_at: Option<Timestamp>,
    /// When the row was made.
    pub created_at: Timestamp,
    /// When the row last changed.
    pub updated_at: Timestamp,
}

/// A column of `tickets`.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum TicketColumn {
    Id,
    EventId,
    OrderId,
    AttendeeId,
    TicketNumber,
    QrCode,
    Status,
    CheckedInAt,
    CreatedAt,
    UpdatedAt,
}

impl TicketColumn {
    fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::EventId => "event_id",
            Self::OrderId => "order_id",
            Self::AttendeeId => "attendee_id",
            Self::TicketNumber => "ticket_number",
            Self::QrCode => "qr_code",
            Self::Status => "status",
            Self::CheckedInAt => "checked_in_at",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        }
    }
}

/// A condition on rows of `tickets`.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum TicketFilter {
    /// All of these hold.
    All {
        of: Vec<TicketFilter>,
    },
    /// At least one of these holds.
    Any {
        of: Vec<TicketFilter>,
    },
    /// None of these holds.
    None {
        of: Vec<TicketFilter>,
    },
    Id {
        test: TicketIdTest,
    },
    EventId {
        test: EventIdTest,
    },
    OrderId {
        test: OrderIdTest,
    },
    AttendeeId {
        test: AttendeeIdTest,
    },
    TicketNumber {
        test: TextTest,
    },
    QrCode {
        test: TextTest,
    },
    Status {
        test: TicketStatusTest,
    },
    CheckedInAt {
        test: TimeTest,
    },
    CreatedAt {
        test: TimeTest,
    },
    UpdatedAt {
        test: TimeTest,
    },
}

impl TicketFilter {
    fn condition(&self) -> Value {
        let all = |filters: &[TicketFilter]| filters.iter().map(TicketFilter::condition).collect::<Vec<_>>();
        match self {
            Self::All { of } => json!({ "and": all(of) }),
            Self::Any { of } => json!({ "or": all(of) }),
            Self::None { of } => json!({ "not": { "or": all(of) } }),
            Self::Id { test } => test.on("id"),
            Self::EventId { test } => test.on("event_id"),
            Self::OrderId { test } => test.on("order_id"),
            Self::AttendeeId { test } => test.on("attendee_id"),
            Self::TicketNumber { test } => test.on("ticket_number"),
            Self::QrCode { test } => test.on("qr_code"),
            Self::Status { test } => test.on("status"),
            Self::CheckedInAt { test } => test.on("checked_in_at"),
            Self::CreatedAt { test } => test.on("created_at"),
            Self::UpdatedAt { test } => test.on("updated_at"),
        }
    }
}

/// A read of `tickets`. Every call gives another query; the first stays as it is.
#[derive(uniffi::Object)]
pub struct TicketQuery {
    form: Form,
}

/// A page of `tickets`, and where the next one begins; nothing after the last one.
#[derive(Debug, uniffi::Record)]
pub struct TicketPage {
    pub rows: Vec<Ticket>,
    pub cursor: Option<String>,
}

#[uniffi::export]
impl TicketQuery {
    /// Rows of which this holds too.
    pub fn filter(&self, filter: TicketFilter) -> Result<Arc<TicketQuery>, EventosError> {
        Ok(Arc::new(TicketQuery { form: self.form.and("where", filter.condition()) }))
    }

    /// In the order of a column; of several, the first decides.
    pub fn order_by(&self, column: TicketColumn, direction: Direction) -> Result<Arc<TicketQuery>, EventosError> {
        Ok(Arc::new(TicketQuery { form: self.form.ordered(column.name(), direction) }))
    }

    /// At most so many rows.
    pub fn limit(&self, rows: u64) -> Result<Arc<TicketQuery>, EventosError> {
        Ok(Arc::new(TicketQuery { form: self.form.with("limit", rows) }))
    }

    /// Without the first so many rows.
    pub fn offset(&self, rows: u64) -> Result<Arc<TicketQuery>, EventosError> {
        Ok(Arc::new(TicketQuery { form: self.form.with("offset", rows) }))
    }

    /// The rows.
    pub async fn all(self: Arc<Self>) -> Result<Vec<Ticket>, EventosError> {
        self.form.fetch().await
    }

    /// The one row.
    pub async fn single(self: Arc<Self>) -> Result<Ticket, EventosError> {
        self.form.with("answer", "one").fetch().await
    }

    /// The row, or nothing.
    pub async fn maybe_single(self: Arc<Self>) -> Result<Option<Ticket>, EventosError> {
        self.form.with("answer", "at_most_one").fetch().await
    }

    /// How many rows there are.
    pub async fn count(self: Arc<Self>, how: Count) -> Result<u64, EventosError> {
        self.form.with("answer", "count").with("count", how.as_str()).fetch().await
    }

    /// A page of so many rows; the first without a cursor.
    pub async fn page(self: Arc<Self>, size: u64, cursor: Option<String>) -> Result<TicketPage, EventosError> {
        let (rows, cursor) = self.form.page(size, cursor).await?;
        Ok(TicketPage { rows, cursor })
    }

    /// The rows as CSV.
    pub async fn csv(self: Arc<Self>) -> Result<String, EventosError> {
        self.form.with("answer", "csv").fetch().await
    }
}

#[uniffi::export]
impl Client {
    /// Reads `tickets`.
    pub fn tickets(&self) -> Result<Arc<TicketQuery>, EventosError> {
        Ok(Arc::new(TicketQuery { form: Form::of(&self.eventos, "tickets") }))
    }
}

/// What a new row of `tickets` brings. What is left out, the database decides.
#[derive(Debug, Clone, Serialize, uniffi::Record)]
pub struct NewTicket {
    /// Primary key.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<TicketId>,
    /// The event it lets into.
    pub event_id: EventId,
    /// The order that paid for it.
    pub order_id: OrderId,
    /// Whom it lets in, once known.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendee_id: Option<AttendeeId>,
    /// The number that people quote, made by the database.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_number: Option<String>,
    /// What the QR code says: a secret that admits whoever shows it first, made by the database.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qr_code: Option<String>,
    /// Whether it still lets somebody in; active at first.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<TicketStatus>,
    /// When its holder was let in.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked_in_at: Option<Timestamp>,
    /// When the row was made.
    #[uniffi(default = None)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

/// What an update of `tickets` sets. What is not named stays as it is; a column that may be null is cleared by null.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum TicketChange {
    EventId { value: EventId },
    OrderId { value: OrderId },
    AttendeeId { value: Option<AttendeeId> },
    Status { value: TicketStatus },
    CheckedInAt { value: Option<Timestamp> },
}

impl TicketChange {
    fn set(&self, values: &mut Map<String, Value>) {
        let (name, value) = match self {
            Self::EventId { value } => ("event_id", json!(value)),
            Self::OrderId { value } => ("order_id", json!(value)),
            Self::AttendeeId { value } => ("attendee_id", json!(value)),
            Self::Status { value } => ("status", json!(value)),
            Self::CheckedInAt { value } => ("checked_in_at", json!(value)),
        };
        values.insert(name.to_owned(), value);
    }
}

#[uniffi::export]
impl Client {
    /// Makes rows of `tickets`, and gives them back.
    pub async fn insert_tickets(self: Arc<Self>, rows: Vec<NewTicket>) -> Result<Vec<Ticket>, EventosError> {
        Form::of(&self.eventos, "tickets").with("insert", json!(rows)).with("select", json!({ "*": 1 })).fetch().await
    }

    /// Changes the rows of `tickets` of which a condition holds, and gives them back.
    pub async fn update_tickets(
        self: Arc<Self>,
        changes: Vec<TicketChange>,
        filter: TicketFilter,
    ) -> Result<Vec<Ticket>, EventosError> {
        let mut values = Map::new();
        changes.iter().for_each(|change| change.set(&mut values));
        let form = Form::of(&self.eventos, "tickets").with("update", values);
        form.and("where", filter.condition()).with("select", json!({ "*": 1 })).fetch().await
    }

    /// Removes the rows of `tickets` of which a condition holds; how many they were.
    pub async fn delete_tickets(self: Arc<Self>, filter: TicketFilter) -> Result<u64, EventosError> {
        let form = Form::of(&self.eventos, "tickets").with("delete", true).and("where", filter.condition());
        form.with("answer", "affected").fetch().await
    }
}

/// A row of `event_stats`.
#[derive(Debug, Clone, PartialEq, Deserialize, uniffi::Record)]
pub struct EventStats {
    /// The event.
    pub event_id: EventId,
    /// Its title.
    pub event_name: String,
    /// The most tickets it sells.
    pub capacity: i64,
    /// Tickets sold: active and used ones.
    pub tickets_sold: i64,
    /// Tickets left: capacity less tickets sold.
    pub tickets_available: i64,
    /// Sold tickets whose holders have not come yet.
    pub tickets_active: i64,
    /// Sold tickets whose holders were let in.
    pub tickets_used: i64,
    /// Cancelled tickets.
    pub tickets_cancelled: i64,
}

/// A column of `event_stats`.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum EventStatsColumn {
    EventId,
    EventName,
    Capacity,
    TicketsSold,
    TicketsAvailable,
    TicketsActive,
    TicketsUsed,
    TicketsCancelled,
}

impl EventStatsColumn {
    fn name(self) -> &'static str {
        match self {
            Self::EventId => "event_id",
            Self::EventName => "event_name",
            Self::Capacity => "capacity",
            Self::TicketsSold => "tickets_sold",
            Self::TicketsAvailable => "tickets_available",
            Self::TicketsActive => "tickets_active",
            Self::TicketsUsed => "tickets_used",
            Self::TicketsCancelled => "tickets_cancelled",
        }
    }
}

/// A condition on rows of `event_stats`.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum EventStatsFilter {
    /// All of these hold.
    All {
        of: Vec<EventStatsFilter>,
    },
    /// At least one of these holds.
    Any {
        of: Vec<EventStatsFilter>,
    },
    /// None of these holds.
    None {
        of: Vec<EventStatsFilter>,
    },
    EventId {
        test: EventIdTest,
    },
    EventName {
        test: TextTest,
    },
    Capacity {
        test: NumberTest,
    },
    TicketsSold {
        test: NumberTest,
    },
    TicketsAvailable {
        test: NumberTest,
    },
    TicketsActive {
        test: NumberTest,
    },
    TicketsUsed {
        test: NumberTest,
    },
    TicketsCancelled {
        test: NumberTest,
    },
}

impl EventStatsFilter {
    fn condition(&self) -> Value {
        let all = |filters: &[EventStatsFilter]| filters.iter().map(EventStatsFilter::condition).collect::<Vec<_>>();
        match self {
            Self::All { of } => json!({ "and": all(of) }),
            Self::Any { of } => json!({ "or": all(of) }),
            Self::None { of } => json!({ "not": { "or": all(of) } }),
            Self::EventId { test } => test.on("event_id"),
            Self::EventName { test } => test.on("event_name"),
            Self::Capacity { test } => test.on("capacity"),
            Self::TicketsSold { test } => test.on("tickets_sold"),
            Self::TicketsAvailable { test } => test.on("tickets_available"),
            Self::TicketsActive { test } => test.on("tickets_active"),
            Self::TicketsUsed { test } => test.on("tickets_used"),
            Self::TicketsCancelled { test } => test.on("tickets_cancelled"),
        }
    }
}

/// A read of `event_stats`. Every call gives another query; the first stays as it is.
#[derive(uniffi::Object)]
pub struct EventStatsQuery {
    form: Form,
}

/// A page of `event_stats`, and where the next one begins; nothing after the last one.
#[derive(Debug, uniffi::Record)]
pub struct EventStatsPage {
    pub rows: Vec<EventStats>,
    pub cursor: Option<String>,
}

#[uniffi::export]
impl EventStatsQuery {
    /// Rows of which this holds too.
    pub fn filter(&self, filter: EventStatsFilter) -> Result<Arc<EventStatsQuery>, EventosError> {
        Ok(Arc::new(EventStatsQuery { form: self.form.and("where", filter.condition()) }))
    }

    /// In the order of a column; of several, the first decides.
    pub fn order_by(
        &self,
        column: EventStatsColumn,
        direction: Direction,
    ) -> Result<Arc<EventStatsQuery>, EventosError> {
        Ok(Arc::new(EventStatsQuery { form: self.form.ordered(column.name(), direction) }))
    }

    /// At most so many rows.
    pub fn limit(&self, rows: u64) -> Result<Arc<EventStatsQuery>, EventosError> {
        Ok(Arc::new(EventStatsQuery { form: self.form.with("limit", rows) }))
    }

    /// Without the first so many rows.
    pub fn offset(&self, rows: u64) -> Result<Arc<EventStatsQuery>, EventosError> {
        Ok(Arc::new(EventStatsQuery { form: self.form.with("offset", rows) }))
    }

    /// The rows.
    pub async fn all(self: Arc<Self>) -> Result<Vec<EventStats>, EventosError> {
        self.form.fetch().await
    }

    /// The one row.
    pub async fn single(self: Arc<Self>) -> Result<EventStats, EventosError> {
        self.form.with("answer", "one").fetch().await
    }

    /// The row, or nothing.
    pub async fn maybe_single(self: Arc<Self>) -> Result<Option<EventStats>, EventosError> {
        self.form.with("answer", "at_most_one").fetch().await
    }

    /// How many rows there are.
    pub async fn count(self: Arc<Self>, how: Count) -> Result<u64, EventosError> {
        self.form.with("answer", "count").with("count", how.as_str()).fetch().await
    }

    /// A page of so many rows; the first without a cursor.
    pub async fn page(self: Arc<Self>, size: u64, cursor: Option<String>) -> Result<EventStatsPage, EventosError> {
        let (rows, cursor) = self.form.page(size, cursor).await?;
        Ok(EventStatsPage { rows, cursor })
    }

    /// The rows as CSV.
    pub async fn csv(self: Arc<Self>) -> Result<String, EventosError> {
        self.form.with("answer", "csv").fetch().await
    }
}

#[uniffi::export]
impl Client {
    /// Reads `event_stats`.
    pub fn event_stats(&self) -> Result<Arc<EventStatsQuery>, EventosError> {
        Ok(Arc::new(EventStatsQuery { form: Form::of(&self.eventos, "event_stats") }))
    }
}
