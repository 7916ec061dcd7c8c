//! The tables, for Swift, Kotlin and Python. Written by `cargo xtask generate` from the tables of eventos-core. Do not edit.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::client::Client;
use crate::error::EventosError;
use crate::filters::{Joined, JsonTest, NumberTest, Test, TextTest, TimeTest, equality_test};
use crate::json::{ToJson, record};
use crate::query::{Direction, Expected, Form, typed};
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

record! {
    /// A row of `profiles`.
    Profile {
        /// The same id as in `auth.users`.
        id: ProfileId,
        /// E-mail address.
        email: String,
        /// Display name.
        full_name: Option<String>,
        /// Telephone number.
        phone: Option<String>,
        /// Organization.
        company: Option<String>,
        /// When the account was made.
        created_at: Timestamp,
        /// When the row last changed.
        updated_at: Timestamp,
    }
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
    All(Joined<ProfileFilter>),
    /// At least one of these holds.
    Any(Joined<ProfileFilter>),
    /// None of these holds.
    None(Joined<ProfileFilter>),
    Id(ProfileIdTest),
    Email(TextTest),
    FullName(TextTest),
    Phone(TextTest),
    Company(TextTest),
    CreatedAt(TimeTest),
    UpdatedAt(TimeTest),
}

impl ToJson for ProfileFilter {
    fn to_json(self) -> Value {
        match self {
            Self::All(filters) => json!({ "and": filters.to_json() }),
            Self::Any(filters) => json!({ "or": filters.to_json() }),
            Self::None(filters) => json!({ "not": { "or": filters.to_json() } }),
            Self::Id(test) => test.on("id"),
            Self::Email(test) => test.on("email"),
            Self::FullName(test) => test.on("full_name"),
            Self::Phone(test) => test.on("phone"),
            Self::Company(test) => test.on("company"),
            Self::CreatedAt(test) => test.on("created_at"),
            Self::UpdatedAt(test) => test.on("updated_at"),
        }
    }
}

/// Which rows of `profiles` are read, and in what order.
#[derive(Debug, Clone, uniffi::Record)]
pub struct ProfileQuery {
    /// All of these hold.
    #[uniffi(default = [])]
    pub filters: Vec<ProfileFilter>,
    /// Of several columns, the first decides.
    #[uniffi(default = [])]
    pub order: Vec<ProfileOrder>,
    /// At most so many rows.
    #[uniffi(default = None)]
    pub limit: Option<u64>,
    /// Without the first so many rows.
    #[uniffi(default = None)]
    pub offset: Option<u64>,
}

/// A column of `profiles` that rows are put in order by.
#[derive(Debug, Clone, uniffi::Record)]
pub struct ProfileOrder {
    pub column: ProfileColumn,
    pub direction: Direction,
}

impl ProfileQuery {
    pub(crate) fn form(self) -> Form {
        let order = self.order.iter().map(|by| format!("{}.{}", by.column.name(), by.direction.suffix()));
        let form = Form::of("profiles").with("where", self.filters.to_json()).with("order", order.collect::<Vec<_>>());
        form.with_maybe("limit", self.limit).with_maybe("offset", self.offset)
    }
}

/// A page of `profiles`, and where the next one begins; nothing after the last one.
#[derive(Debug, uniffi::Record)]
pub struct ProfilePage {
    pub rows: Vec<Profile>,
    pub cursor: Option<String>,
}

#[uniffi::export]
impl Client {
    /// Reads rows of `profiles`.
    pub async fn read_profiles(
        self: Arc<Self>,
        query: ProfileQuery,
        expected: Expected,
    ) -> Result<Vec<Profile>, EventosError> {
        typed(self.rows(query.form(), expected).await?)
    }

    /// Reads a page of so many rows of `profiles`; the first without a cursor.
    #[uniffi::method(default(cursor = None))]
    pub async fn page_of_profiles(
        self: Arc<Self>,
        query: ProfileQuery,
        size: u64,
        cursor: Option<String>,
    ) -> Result<ProfilePage, EventosError> {
        let (rows, cursor) = self.page(query.form(), size, cursor).await?;
        Ok(ProfilePage { rows: typed(rows)?, cursor })
    }
}

/// What a new row of `profiles` brings. What is left out, the database decides.
#[derive(Debug, Clone, uniffi::Record)]
pub struct NewProfile {
    /// The same id as in `auth.users`.
    pub id: ProfileId,
    /// E-mail address.
    pub email: String,
    /// Display name.
    #[uniffi(default = None)]
    pub full_name: Option<String>,
    /// Telephone number.
    #[uniffi(default = None)]
    pub phone: Option<String>,
    /// Organization.
    #[uniffi(default = None)]
    pub company: Option<String>,
    /// When the account was made.
    #[uniffi(default = None)]
    pub created_at: Option<Timestamp>,
}

impl ToJson for NewProfile {
    fn to_json(self) -> Value {
        let mut values = Map::new();
        values.insert("id".to_owned(), self.id.to_json());
        values.insert("email".to_owned(), self.email.to_json());
        if let Some(value) = self.full_name {
            values.insert("full_name".to_owned(), value.to_json());
        }
        if let Some(value) = self.phone {
            values.insert("phone".to_owned(), value.to_json());
        }
        if let Some(value) = self.company {
            values.insert("company".to_owned(), value.to_json());
        }
        if let Some(value) = self.created_at {
            values.insert("created_at".to_owned(), value.to_json());
        }
        values.into()
    }
}

/// What an update of `profiles` sets. What is not named stays as it is; a column that may be null is cleared by null.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum ProfileChange {
    Id(ProfileId),
    Email(String),
    FullName(Option<String>),
    Phone(Option<String>),
    Company(Option<String>),
}

impl ProfileChange {
    fn set(self) -> (String, Value) {
        let (name, value) = match self {
            Self::Id(value) => ("id", value.to_json()),
            Self::Email(value) => ("email", value.to_json()),
            Self::FullName(value) => ("full_name", value.to_json()),
            Self::Phone(value) => ("phone", value.to_json()),
            Self::Company(value) => ("company", value.to_json()),
        };
        (name.to_owned(), value)
    }
}

#[uniffi::export]
impl Client {
    /// Makes rows of `profiles`, and gives them back.
    pub async fn insert_profiles(self: Arc<Self>, rows: Vec<NewProfile>) -> Result<Vec<Profile>, EventosError> {
        let form = Form::of("profiles").with("insert", rows.to_json());
        typed(self.rows(form.with("select", every_column()), Expected::AnyNumber).await?)
    }

    /// Changes the rows of `profiles` of which a condition holds, and gives them back.
    pub async fn update_profiles(
        self: Arc<Self>,
        changes: Vec<ProfileChange>,
        filter: ProfileFilter,
    ) -> Result<Vec<Profile>, EventosError> {
        let values: Map<String, Value> = changes.into_iter().map(ProfileChange::set).collect();
        let form = Form::of("profiles").with("update", values).with("where", vec![filter.to_json()]);
        typed(self.rows(form.with("select", every_column()), Expected::AnyNumber).await?)
    }
}

record! {
    /// A row of `venues`.
    Venue {
        /// Primary key.
        id: VenueId,
        /// Name of the venue.
        name: String,
        /// Street address.
        address: String,
        /// City; Toronto unless said otherwise.
        city: String,
        /// Postal code.
        postal_code: Option<String>,
        /// The most people it holds, 10 to 50,000.
        capacity: i64,
        /// Features, such as `{"wifi": true, "parking": true}`.
        amenities: Json,
        /// E-mail address for bookings.
        contact_email: Option<String>,
        /// Telephone number for bookings.
        contact_phone: Option<String>,
        /// When the row was made.
        created_at: Timestamp,
        /// When the row last changed.
        updated_at: Timestamp,
        /// Who entered it, and so may change it; null for venues from before this was kept.
        created_by: Option<ProfileId>,
    }
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
    All(Joined<VenueFilter>),
    /// At least one of these holds.
    Any(Joined<VenueFilter>),
    /// None of these holds.
    None(Joined<VenueFilter>),
    Id(VenueIdTest),
    Name(TextTest),
    Address(TextTest),
    City(TextTest),
    PostalCode(TextTest),
    Capacity(NumberTest),
    Amenities(JsonTest),
    ContactEmail(TextTest),
    ContactPhone(TextTest),
    CreatedAt(TimeTest),
    UpdatedAt(TimeTest),
    CreatedBy(ProfileIdTest),
}

impl ToJson for VenueFilter {
    fn to_json(self) -> Value {
        match self {
            Self::All(filters) => json!({ "and": filters.to_json() }),
            Self::Any(filters) => json!({ "or": filters.to_json() }),
            Self::None(filters) => json!({ "not": { "or": filters.to_json() } }),
            Self::Id(test) => test.on("id"),
            Self::Name(test) => test.on("name"),
            Self::Address(test) => test.on("address"),
            Self::City(test) => test.on("city"),
            Self::PostalCode(test) => test.on("postal_code"),
            Self::Capacity(test) => test.on("capacity"),
            Self::Amenities(test) => test.on("amenities"),
            Self::ContactEmail(test) => test.on("contact_email"),
            Self::ContactPhone(test) => test.on("contact_phone"),
            Self::CreatedAt(test) => test.on("created_at"),
            Self::UpdatedAt(test) => test.on("updated_at"),
            Self::CreatedBy(test) => test.on("created_by"),
        }
    }
}

/// Which rows of `venues` are read, and in what order.
#[derive(Debug, Clone, uniffi::Record)]
pub struct VenueQuery {
    /// All of these hold.
    #[uniffi(default = [])]
    pub filters: Vec<VenueFilter>,
    /// Of several columns, the first decides.
    #[uniffi(default = [])]
    pub order: Vec<VenueOrder>,
    /// At most so many rows.
    #[uniffi(default = None)]
    pub limit: Option<u64>,
    /// Without the first so many rows.
    #[uniffi(default = None)]
    pub offset: Option<u64>,
}

/// A column of `venues` that rows are put in order by.
#[derive(Debug, Clone, uniffi::Record)]
pub struct VenueOrder {
    pub column: VenueColumn,
    pub direction: Direction,
}

impl VenueQuery {
    pub(crate) fn form(self) -> Form {
        let order = self.order.iter().map(|by| format!("{}.{}", by.column.name(), by.direction.suffix()));
        let form = Form::of("venues").with("where", self.filters.to_json()).with("order", order.collect::<Vec<_>>());
        form.with_maybe("limit", self.limit).with_maybe("offset", self.offset)
    }
}

/// A page of `venues`, and where the next one begins; nothing after the last one.
#[derive(Debug, uniffi::Record)]
pub struct VenuePage {
    pub rows: Vec<Venue>,
    pub cursor: Option<String>,
}

#[uniffi::export]
impl Client {
    /// Reads rows of `venues`.
    pub async fn read_venues(
        self: Arc<Self>,
        query: VenueQuery,
        expected: Expected,
    ) -> Result<Vec<Venue>, EventosError> {
        typed(self.rows(query.form(), expected).await?)
    }

    /// Reads a page of so many rows of `venues`; the first without a cursor.
    #[uniffi::method(default(cursor = None))]
    pub async fn page_of_venues(
        self: Arc<Self>,
        query: VenueQuery,
        size: u64,
        cursor: Option<String>,
    ) -> Result<VenuePage, EventosError> {
        let (rows, cursor) = self.page(query.form(), size, cursor).await?;
        Ok(VenuePage { rows: typed(rows)?, cursor })
    }
}

/// What a new row of `venues` brings. What is left out, the database decides.
#[derive(Debug, Clone, uniffi::Record)]
pub struct NewVenue {
    /// Primary key.
    #[uniffi(default = None)]
    pub id: Option<VenueId>,
    /// Name of the venue.
    pub name: String,
    /// Street address.
    pub address: String,
    /// City; Toronto unless said otherwise.
    #[uniffi(default = None)]
    pub city: Option<String>,
    /// Postal code.
    #[uniffi(default = None)]
    pub postal_code: Option<String>,
    /// The most people it holds, 10 to 50,000.
    pub capacity: i64,
    /// Features, such as `{"wifi": true, "parking": true}`.
    #[uniffi(default = None)]
    pub amenities: Option<Json>,
    /// E-mail address for bookings.
    #[uniffi(default = None)]
    pub contact_email: Option<String>,
    /// Telephone number for bookings.
    #[uniffi(default = None)]
    pub contact_phone: Option<String>,
    /// When the row was made.
    #[uniffi(default = None)]
    pub created_at: Option<Timestamp>,
    /// Who entered it, and so may change it; null for venues from before this was kept.
    #[uniffi(default = None)]
    pub created_by: Option<ProfileId>,
}

impl ToJson for NewVenue {
    fn to_json(self) -> Value {
        let mut values = Map::new();
        if let Some(value) = self.id {
            values.insert("id".to_owned(), value.to_json());
        }
        values.insert("name".to_owned(), self.name.to_json());
        values.insert("address".to_owned(), self.address.to_json());
        if let Some(value) = self.city {
            values.insert("city".to_owned(), value.to_json());
        }
        if let Some(value) = self.postal_code {
            values.insert("postal_code".to_owned(), value.to_json());
        }
        values.insert("capacity".to_owned(), self.capacity.to_json());
        if let Some(value) = self.amenities {
            values.insert("amenities".to_owned(), value.to_json());
        }
        if let Some(value) = self.contact_email {
            values.insert("contact_email".to_owned(), value.to_json());
        }
        if let Some(value) = self.contact_phone {
            values.insert("contact_phone".to_owned(), value.to_json());
        }
        if let Some(value) = self.created_at {
            values.insert("created_at".to_owned(), value.to_json());
        }
        if let Some(value) = self.created_by {
            values.insert("created_by".to_owned(), value.to_json());
        }
        values.into()
    }
}

/// What an update of `venues` sets. What is not named stays as it is; a column that may be null is cleared by null.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum VenueChange {
    Name(String),
    Address(String),
    City(String),
    PostalCode(Option<String>),
    Capacity(i64),
    Amenities(Json),
    ContactEmail(Option<String>),
    ContactPhone(Option<String>),
}

impl VenueChange {
    fn set(self) -> (String, Value) {
        let (name, value) = match self {
            Self::Name(value) => ("name", value.to_json()),
            Self::Address(value) => ("address", value.to_json()),
            Self::City(value) => ("city", value.to_json()),
            Self::PostalCode(value) => ("postal_code", value.to_json()),
            Self::Capacity(value) => ("capacity", value.to_json()),
            Self::Amenities(value) => ("amenities", value.to_json()),
            Self::ContactEmail(value) => ("contact_email", value.to_json()),
            Self::ContactPhone(value) => ("contact_phone", value.to_json()),
        };
        (name.to_owned(), value)
    }
}

#[uniffi::export]
impl Client {
    /// Makes rows of `venues`, and gives them back.
    pub async fn insert_venues(self: Arc<Self>, rows: Vec<NewVenue>) -> Result<Vec<Venue>, EventosError> {
        let form = Form::of("venues").with("insert", rows.to_json());
        typed(self.rows(form.with("select", every_column()), Expected::AnyNumber).await?)
    }

    /// Changes the rows of `venues` of which a condition holds, and gives them back.
    pub async fn update_venues(
        self: Arc<Self>,
        changes: Vec<VenueChange>,
        filter: VenueFilter,
    ) -> Result<Vec<Venue>, EventosError> {
        let values: Map<String, Value> = changes.into_iter().map(VenueChange::set).collect();
        let form = Form::of("venues").with("update", values).with("where", vec![filter.to_json()]);
        typed(self.rows(form.with("select", every_column()), Expected::AnyNumber).await?)
    }
}

record! {
    /// A row of `events`.
    Event {
        /// Primary key.
        id: EventId,
        /// Who organizes it.
        organizer_id: ProfileId,
        /// Where it happens, once known.
        venue_id: Option<VenueId>,
        /// Title.
        name: String,
        /// Its name in URLs, made by the database from the title and the id unless given.
        slug: String,
        /// What kind of event it is.
        kind as "type": EventType,
        /// What it is about.
        description: Option<String>,
        /// When it starts.
        start_at: Timestamp,
        /// When it ends, after it starts.
        end_at: Timestamp,
        /// The most tickets it sells, 10 to 10,000.
        capacity: i64,
        /// Price of a ticket in cents, 0 or more.
        price_cents: Cents,
        /// Where it stands in its life; a draft at first.
        status: EventStatus,
        /// Who sees it once published; public unless said otherwise.
        visibility: Visibility,
        /// When the row was made.
        created_at: Timestamp,
        /// When the row last changed.
        updated_at: Timestamp,
    }
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
    All(Joined<EventFilter>),
    /// At least one of these holds.
    Any(Joined<EventFilter>),
    /// None of these holds.
    None(Joined<EventFilter>),
    Id(EventIdTest),
    OrganizerId(ProfileIdTest),
    VenueId(VenueIdTest),
    Name(TextTest),
    Slug(TextTest),
    Type(EventTypeTest),
    Description(TextTest),
    StartAt(TimeTest),
    EndAt(TimeTest),
    Capacity(NumberTest),
    PriceCents(NumberTest),
    Status(EventStatusTest),
    Visibility(VisibilityTest),
    CreatedAt(TimeTest),
    UpdatedAt(TimeTest),
}

impl ToJson for EventFilter {
    fn to_json(self) -> Value {
        match self {
            Self::All(filters) => json!({ "and": filters.to_json() }),
            Self::Any(filters) => json!({ "or": filters.to_json() }),
            Self::None(filters) => json!({ "not": { "or": filters.to_json() } }),
            Self::Id(test) => test.on("id"),
            Self::OrganizerId(test) => test.on("organizer_id"),
            Self::VenueId(test) => test.on("venue_id"),
            Self::Name(test) => test.on("name"),
            Self::Slug(test) => test.on("slug"),
            Self::Type(test) => test.on("type"),
            Self::Description(test) => test.on("description"),
            Self::StartAt(test) => test.on("start_at"),
            Self::EndAt(test) => test.on("end_at"),
            Self::Capacity(test) => test.on("capacity"),
            Self::PriceCents(test) => test.on("price_cents"),
            Self::Status(test) => test.on("status"),
            Self::Visibility(test) => test.on("visibility"),
            Self::CreatedAt(test) => test.on("created_at"),
            Self::UpdatedAt(test) => test.on("updated_at"),
        }
    }
}

/// Which rows of `events` are read, and in what order.
#[derive(Debug, Clone, uniffi::Record)]
pub struct EventQuery {
    /// All of these hold.
    #[uniffi(default = [])]
    pub filters: Vec<EventFilter>,
    /// Of several columns, the first decides.
    #[uniffi(default = [])]
    pub order: Vec<EventOrder>,
    /// At most so many rows.
    #[uniffi(default = None)]
    pub limit: Option<u64>,
    /// Without the first so many rows.
    #[uniffi(default = None)]
    pub offset: Option<u64>,
}

/// A column of `events` that rows are put in order by.
#[derive(Debug, Clone, uniffi::Record)]
pub struct EventOrder {
    pub column: EventColumn,
    pub direction: Direction,
}

impl EventQuery {
    pub(crate) fn form(self) -> Form {
        let order = self.order.iter().map(|by| format!("{}.{}", by.column.name(), by.direction.suffix()));
        let form = Form::of("events").with("where", self.filters.to_json()).with("order", order.collect::<Vec<_>>());
        form.with_maybe("limit", self.limit).with_maybe("offset", self.offset)
    }
}

/// A page of `events`, and where the next one begins; nothing after the last one.
#[derive(Debug, uniffi::Record)]
pub struct EventPage {
    pub rows: Vec<Event>,
    pub cursor: Option<String>,
}

#[uniffi::export]
impl Client {
    /// Reads rows of `events`.
    pub async fn read_events(
        self: Arc<Self>,
        query: EventQuery,
        expected: Expected,
    ) -> Result<Vec<Event>, EventosError> {
        typed(self.rows(query.form(), expected).await?)
    }

    /// Reads a page of so many rows of `events`; the first without a cursor.
    #[uniffi::method(default(cursor = None))]
    pub async fn page_of_events(
        self: Arc<Self>,
        query: EventQuery,
        size: u64,
        cursor: Option<String>,
    ) -> Result<EventPage, EventosError> {
        let (rows, cursor) = self.page(query.form(), size, cursor).await?;
        Ok(EventPage { rows: typed(rows)?, cursor })
    }
}

/// What a new row of `events` brings. What is left out, the database decides.
#[derive(Debug, Clone, uniffi::Record)]
pub struct NewEvent {
    /// Primary key.
    #[uniffi(default = None)]
    pub id: Option<EventId>,
    /// Who organizes it.
    pub organizer_id: ProfileId,
    /// Where it happens, once known.
    #[uniffi(default = None)]
    pub venue_id: Option<VenueId>,
    /// Title.
    pub name: String,
    /// Its name in URLs, made by the database from the title and the id unless given.
    #[uniffi(default = None)]
    pub slug: Option<String>,
    /// What kind of event it is.
    pub kind: EventType,
    /// What it is about.
    #[uniffi(default = None)]
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
    pub status: Option<EventStatus>,
    /// Who sees it once published; public unless said otherwise.
    #[uniffi(default = None)]
    pub visibility: Option<Visibility>,
    /// When the row was made.
    #[uniffi(default = None)]
    pub created_at: Option<Timestamp>,
}

impl ToJson for NewEvent {
    fn to_json(self) -> Value {
        let mut values = Map::new();
        if let Some(value) = self.id {
            values.insert("id".to_owned(), value.to_json());
        }
        values.insert("organizer_id".to_owned(), self.organizer_id.to_json());
        if let Some(value) = self.venue_id {
            values.insert("venue_id".to_owned(), value.to_json());
        }
        values.insert("name".to_owned(), self.name.to_json());
        if let Some(value) = self.slug {
            values.insert("slug".to_owned(), value.to_json());
        }
        values.insert("type".to_owned(), self.kind.to_json());
        if let Some(value) = self.description {
            values.insert("description".to_owned(), value.to_json());
        }
        values.insert("start_at".to_owned(), self.start_at.to_json());
        values.insert("end_at".to_owned(), self.end_at.to_json());
        values.insert("capacity".to_owned(), self.capacity.to_json());
        values.insert("price_cents".to_owned(), self.price_cents.to_json());
        if let Some(value) = self.status {
            values.insert("status".to_owned(), value.to_json());
        }
        if let Some(value) = self.visibility {
            values.insert("visibility".to_owned(), value.to_json());
        }
        if let Some(value) = self.created_at {
            values.insert("created_at".to_owned(), value.to_json());
        }
        values.into()
    }
}

/// What an update of `events` sets. What is not named stays as it is; a column that may be null is cleared by null.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum EventChange {
    OrganizerId(ProfileId),
    VenueId(Option<VenueId>),
    Name(String),
    Slug(String),
    Type(EventType),
    Description(Option<String>),
    StartAt(Timestamp),
    EndAt(Timestamp),
    Capacity(i64),
    PriceCents(Cents),
    Status(EventStatus),
    Visibility(Visibility),
}

impl EventChange {
    fn set(self) -> (String, Value) {
        let (name, value) = match self {
            Self::OrganizerId(value) => ("organizer_id", value.to_json()),
            Self::VenueId(value) => ("venue_id", value.to_json()),
            Self::Name(value) => ("name", value.to_json()),
            Self::Slug(value) => ("slug", value.to_json()),
            Self::Type(value) => ("type", value.to_json()),
            Self::Description(value) => ("description", value.to_json()),
            Self::StartAt(value) => ("start_at", value.to_json()),
            Self::EndAt(value) => ("end_at", value.to_json()),
            Self::Capacity(value) => ("capacity", value.to_json()),
            Self::PriceCents(value) => ("price_cents", value.to_json()),
            Self::Status(value) => ("status", value.to_json()),
            Self::Visibility(value) => ("visibility", value.to_json()),
        };
        (name.to_owned(), value)
    }
}

#[uniffi::export]
impl Client {
    /// Makes rows of `events`, and gives them back.
    pub async fn insert_events(self: Arc<Self>, rows: Vec<NewEvent>) -> Result<Vec<Event>, EventosError> {
        let form = Form::of("events").with("insert", rows.to_json());
        typed(self.rows(form.with("select", every_column()), Expected::AnyNumber).await?)
    }

    /// Changes the rows of `events` of which a condition holds, and gives them back.
    pub async fn update_events(
        self: Arc<Self>,
        changes: Vec<EventChange>,
        filter: EventFilter,
    ) -> Result<Vec<Event>, EventosError> {
        let values: Map<String, Value> = changes.into_iter().map(EventChange::set).collect();
        let form = Form::of("events").with("update", values).with("where", vec![filter.to_json()]);
        typed(self.rows(form.with("select", every_column()), Expected::AnyNumber).await?)
    }
}

record! {
    /// A row of `orders`.
    Order {
        /// Primary key.
        id: OrderId,
        /// Who buys.
        customer_id: ProfileId,
        /// For which event.
        event_id: EventId,
        /// The number that people quote, made by the database.
        order_number: String,
        /// How many tickets, 1 to 20.
        quantity: i64,
        /// Price of one ticket in cents, 0 or more.
        unit_price_cents: Cents,
        /// The whole amount in cents: quantity × unit price.
        total_cents: Cents,
        /// Where the payment stands; pending at first.
        payment_status: PaymentStatus,
        /// Stripe's payment intent; no two orders share one.
        stripe_payment_intent_id: Option<String>,
        /// When it was paid.
        paid_at: Option<Timestamp>,
        /// When the row was made.
        created_at: Timestamp,
        /// When the row last changed.
        updated_at: Timestamp,
    }
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
    All(Joined<OrderFilter>),
    /// At least one of these holds.
    Any(Joined<OrderFilter>),
    /// None of these holds.
    None(Joined<OrderFilter>),
    Id(OrderIdTest),
    CustomerId(ProfileIdTest),
    EventId(EventIdTest),
    OrderNumber(TextTest),
    Quantity(NumberTest),
    UnitPriceCents(NumberTest),
    TotalCents(NumberTest),
    PaymentStatus(PaymentStatusTest),
    StripePaymentIntentId(TextTest),
    PaidAt(TimeTest),
    CreatedAt(TimeTest),
    UpdatedAt(TimeTest),
}

impl ToJson for OrderFilter {
    fn to_json(self) -> Value {
        match self {
            Self::All(filters) => json!({ "and": filters.to_json() }),
            Self::Any(filters) => json!({ "or": filters.to_json() }),
            Self::None(filters) => json!({ "not": { "or": filters.to_json() } }),
            Self::Id(test) => test.on("id"),
            Self::CustomerId(test) => test.on("customer_id"),
            Self::EventId(test) => test.on("event_id"),
            Self::OrderNumber(test) => test.on("order_number"),
            Self::Quantity(test) => test.on("quantity"),
            Self::UnitPriceCents(test) => test.on("unit_price_cents"),
            Self::TotalCents(test) => test.on("total_cents"),
            Self::PaymentStatus(test) => test.on("payment_status"),
            Self::StripePaymentIntentId(test) => test.on("stripe_payment_intent_id"),
            Self::PaidAt(test) => test.on("paid_at"),
            Self::CreatedAt(test) => test.on("created_at"),
            Self::UpdatedAt(test) => test.on("updated_at"),
        }
    }
}

/// Which rows of `orders` are read, and in what order.
#[derive(Debug, Clone, uniffi::Record)]
pub struct OrderQuery {
    /// All of these hold.
    #[uniffi(default = [])]
    pub filters: Vec<OrderFilter>,
    /// Of several columns, the first decides.
    #[uniffi(default = [])]
    pub order: Vec<OrderOrder>,
    /// At most so many rows.
    #[uniffi(default = None)]
    pub limit: Option<u64>,
    /// Without the first so many rows.
    #[uniffi(default = None)]
    pub offset: Option<u64>,
}

/// A column of `orders` that rows are put in order by.
#[derive(Debug, Clone, uniffi::Record)]
pub struct OrderOrder {
    pub column: OrderColumn,
    pub direction: Direction,
}

impl OrderQuery {
    pub(crate) fn form(self) -> Form {
        let order = self.order.iter().map(|by| format!("{}.{}", by.column.name(), by.direction.suffix()));
        let form = Form::of("orders").with("where", self.filters.to_json()).with("order", order.collect::<Vec<_>>());
        form.with_maybe("limit", self.limit).with_maybe("offset", self.offset)
    }
}

/// A page of `orders`, and where the next one begins; nothing after the last one.
#[derive(Debug, uniffi::Record)]
pub struct OrderPage {
    pub rows: Vec<Order>,
    pub cursor: Option<String>,
}

#[uniffi::export]
impl Client {
    /// Reads rows of `orders`.
    pub async fn read_orders(
        self: Arc<Self>,
        query: OrderQuery,
        expected: Expected,
    ) -> Result<Vec<Order>, EventosError> {
        typed(self.rows(query.form(), expected).await?)
    }

    /// Reads a page of so many rows of `orders`; the first without a cursor.
    #[uniffi::method(default(cursor = None))]
    pub async fn page_of_orders(
        self: Arc<Self>,
        query: OrderQuery,
        size: u64,
        cursor: Option<String>,
    ) -> Result<OrderPage, EventosError> {
        let (rows, cursor) = self.page(query.form(), size, cursor).await?;
        Ok(OrderPage { rows: typed(rows)?, cursor })
    }
}

/// What a new row of `orders` brings. What is left out, the database decides.
#[derive(Debug, Clone, uniffi::Record)]
pub struct NewOrder {
    /// Primary key.
    #[uniffi(default = None)]
    pub id: Option<OrderId>,
    /// Who buys.
    pub customer_id: ProfileId,
    /// For which event.
    pub event_id: EventId,
    /// The number that people quote, made by the database.
    #[uniffi(default = None)]
    pub order_number: Option<String>,
    /// How many tickets, 1 to 20.
    pub quantity: i64,
    /// Price of one ticket in cents, 0 or more.
    pub unit_price_cents: Cents,
    /// The whole amount in cents: quantity × unit price.
    pub total_cents: Cents,
    /// Where the payment stands; pending at first.
    #[uniffi(default = None)]
    pub payment_status: Option<PaymentStatus>,
    /// Stripe's payment intent; no two orders share one.
    #[uniffi(default = None)]
    pub stripe_payment_intent_id: Option<String>,
    /// When it was paid.
    #[uniffi(default = None)]
    pub paid_at: Option<Timestamp>,
    /// When the row was made.
    #[uniffi(default = None)]
    pub created_at: Option<Timestamp>,
}

impl ToJson for NewOrder {
    fn to_json(self) -> Value {
        let mut values = Map::new();
        if let Some(value) = self.id {
            values.insert("id".to_owned(), value.to_json());
        }
        values.insert("customer_id".to_owned(), self.customer_id.to_json());
        values.insert("event_id".to_owned(), self.event_id.to_json());
        if let Some(value) = self.order_number {
            values.insert("order_number".to_owned(), value.to_json());
        }
        values.insert("quantity".to_owned(), self.quantity.to_json());
        values.insert("unit_price_cents".to_owned(), self.unit_price_cents.to_json());
        values.insert("total_cents".to_owned(), self.total_cents.to_json());
        if let Some(value) = self.payment_status {
            values.insert("payment_status".to_owned(), value.to_json());
        }
        if let Some(value) = self.stripe_payment_intent_id {
            values.insert("stripe_payment_intent_id".to_owned(), value.to_json());
        }
        if let Some(value) = self.paid_at {
            values.insert("paid_at".to_owned(), value.to_json());
        }
        if let Some(value) = self.created_at {
            values.insert("created_at".to_owned(), value.to_json());
        }
        values.into()
    }
}

/// What an update of `orders` sets. What is not named stays as it is; a column that may be null is cleared by null.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum OrderChange {
    CustomerId(ProfileId),
    EventId(EventId),
    Quantity(i64),
    UnitPriceCents(Cents),
    TotalCents(Cents),
    PaymentStatus(PaymentStatus),
    StripePaymentIntentId(Option<String>),
    PaidAt(Option<Timestamp>),
}

impl OrderChange {
    fn set(self) -> (String, Value) {
        let (name, value) = match self {
            Self::CustomerId(value) => ("customer_id", value.to_json()),
            Self::EventId(value) => ("event_id", value.to_json()),
            Self::Quantity(value) => ("quantity", value.to_json()),
            Self::UnitPriceCents(value) => ("unit_price_cents", value.to_json()),
            Self::TotalCents(value) => ("total_cents", value.to_json()),
            Self::PaymentStatus(value) => ("payment_status", value.to_json()),
            Self::StripePaymentIntentId(value) => ("stripe_payment_intent_id", value.to_json()),
            Self::PaidAt(value) => ("paid_at", value.to_json()),
        };
        (name.to_owned(), value)
    }
}

#[uniffi::export]
impl Client {
    /// Makes rows of `orders`, and gives them back.
    pub async fn insert_orders(self: Arc<Self>, rows: Vec<NewOrder>) -> Result<Vec<Order>, EventosError> {
        let form = Form::of("orders").with("insert", rows.to_json());
        typed(self.rows(form.with("select", every_column()), Expected::AnyNumber).await?)
    }

    /// Changes the rows of `orders` of which a condition holds, and gives them back.
    pub async fn update_orders(
        self: Arc<Self>,
        changes: Vec<OrderChange>,
        filter: OrderFilter,
    ) -> Result<Vec<Order>, EventosError> {
        let values: Map<String, Value> = changes.into_iter().map(OrderChange::set).collect();
        let form = Form::of("orders").with("update", values).with("where", vec![filter.to_json()]);
        typed(self.rows(form.with("select", every_column()), Expected::AnyNumber).await?)
    }
}

record! {
    /// A row of `attendees`.
    Attendee {
        /// Primary key.
        id: AttendeeId,
        /// The order that pays for the seat.
        order_id: OrderId,
        /// The event attended, the order's.
        event_id: EventId,
        /// Name.
        full_name: String,
        /// E-mail address.
        email: String,
        /// Telephone number.
        phone: Option<String>,
        /// When the row was made.
        created_at: Timestamp,
        /// When the row last changed.
        updated_at: Timestamp,
    }
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
    All(Joined<AttendeeFilter>),
    /// At least one of these holds.
    Any(Joined<AttendeeFilter>),
    /// None of these holds.
    None(Joined<AttendeeFilter>),
    Id(AttendeeIdTest),
    OrderId(OrderIdTest),
    EventId(EventIdTest),
    FullName(TextTest),
    Email(TextTest),
    Phone(TextTest),
    CreatedAt(TimeTest),
    UpdatedAt(TimeTest),
}

impl ToJson for AttendeeFilter {
    fn to_json(self) -> Value {
        match self {
            Self::All(filters) => json!({ "and": filters.to_json() }),
            Self::Any(filters) => json!({ "or": filters.to_json() }),
            Self::None(filters) => json!({ "not": { "or": filters.to_json() } }),
            Self::Id(test) => test.on("id"),
            Self::OrderId(test) => test.on("order_id"),
            Self::EventId(test) => test.on("event_id"),
            Self::FullName(test) => test.on("full_name"),
            Self::Email(test) => test.on("email"),
            Self::Phone(test) => test.on("phone"),
            Self::CreatedAt(test) => test.on("created_at"),
            Self::UpdatedAt(test) => test.on("updated_at"),
        }
    }
}

/// Which rows of `attendees` are read, and in what order.
#[derive(Debug, Clone, uniffi::Record)]
pub struct AttendeeQuery {
    /// All of these hold.
    #[uniffi(default = [])]
    pub filters: Vec<AttendeeFilter>,
    /// Of several columns, the first decides.
    #[uniffi(default = [])]
    pub order: Vec<AttendeeOrder>,
    /// At most so many rows.
    #[uniffi(default = None)]
    pub limit: Option<u64>,
    /// Without the first so many rows.
    #[uniffi(default = None)]
    pub offset: Option<u64>,
}

/// A column of `attendees` that rows are put in order by.
#[derive(Debug, Clone, uniffi::Record)]
pub struct AttendeeOrder {
    pub column: AttendeeColumn,
    pub direction: Direction,
}

impl AttendeeQuery {
    pub(crate) fn form(self) -> Form {
        let order = self.order.iter().map(|by| format!("{}.{}", by.column.name(), by.direction.suffix()));
        let form = Form::of("attendees").with("where", self.filters.to_json()).with("order", order.collect::<Vec<_>>());
        form.with_maybe("limit", self.limit).with_maybe("offset", self.offset)
    }
}

/// A page of `attendees`, and where the next one begins; nothing after the last one.
#[derive(Debug, uniffi::Record)]
pub struct AttendeePage {
    pub rows: Vec<Attendee>,
    pub cursor: Option<String>,
}

#[uniffi::export]
impl Client {
    /// Reads rows of `attendees`.
    pub async fn read_attendees(
        self: Arc<Self>,
        query: AttendeeQuery,
        expected: Expected,
    ) -> Result<Vec<Attendee>, EventosError> {
        typed(self.rows(query.form(), expected).await?)
    }

    /// Reads a page of so many rows of `attendees`; the first without a cursor.
    #[uniffi::method(default(cursor = None))]
    pub async fn page_of_attendees(
        self: Arc<Self>,
        query: AttendeeQuery,
        size: u64,
        cursor: Option<String>,
    ) -> Result<AttendeePage, EventosError> {
        let (rows, cursor) = self.page(query.form(), size, cursor).await?;
        Ok(AttendeePage { rows: typed(rows)?, cursor })
    }
}

/// What a new row of `attendees` brings. What is left out, the database decides.
#[derive(Debug, Clone, uniffi::Record)]
pub struct NewAttendee {
    /// Primary key.
    #[uniffi(default = None)]
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
    pub phone: Option<String>,
    /// When the row was made.
    #[uniffi(default = None)]
    pub created_at: Option<Timestamp>,
}

impl ToJson for NewAttendee {
    fn to_json(self) -> Value {
        let mut values = Map::new();
        if let Some(value) = self.id {
            values.insert("id".to_owned(), value.to_json());
        }
        values.insert("order_id".to_owned(), self.order_id.to_json());
        values.insert("event_id".to_owned(), self.event_id.to_json());
        values.insert("full_name".to_owned(), self.full_name.to_json());
        values.insert("email".to_owned(), self.email.to_json());
        if let Some(value) = self.phone {
            values.insert("phone".to_owned(), value.to_json());
        }
        if let Some(value) = self.created_at {
            values.insert("created_at".to_owned(), value.to_json());
        }
        values.into()
    }
}

/// What an update of `attendees` sets. What is not named stays as it is; a column that may be null is cleared by null.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum AttendeeChange {
    OrderId(OrderId),
    EventId(EventId),
    FullName(String),
    Email(String),
    Phone(Option<String>),
}

impl AttendeeChange {
    fn set(self) -> (String, Value) {
        let (name, value) = match self {
            Self::OrderId(value) => ("order_id", value.to_json()),
            Self::EventId(value) => ("event_id", value.to_json()),
            Self::FullName(value) => ("full_name", value.to_json()),
            Self::Email(value) => ("email", value.to_json()),
            Self::Phone(value) => ("phone", value.to_json()),
        };
        (name.to_owned(), value)
    }
}

#[uniffi::export]
impl Client {
    /// Makes rows of `attendees`, and gives them back.
    pub async fn insert_attendees(self: Arc<Self>, rows: Vec<NewAttendee>) -> Result<Vec<Attendee>, EventosError> {
        let form = Form::of("attendees").with("insert", rows.to_json());
        typed(self.rows(form.with("select", every_column()), Expected::AnyNumber).await?)
    }

    /// Changes the rows of `attendees` of which a condition holds, and gives them back.
    pub async fn update_attendees(
        self: Arc<Self>,
        changes: Vec<AttendeeChange>,
        filter: AttendeeFilter,
    ) -> Result<Vec<Attendee>, EventosError> {
        let values: Map<String, Value> = changes.into_iter().map(AttendeeChange::set).collect();
        let form = Form::of("attendees").with("update", values).with("where", vec![filter.to_json()]);
        typed(self.rows(form.with("select", every_column()), Expected::AnyNumber).await?)
    }
}

record! {
    /// A row of `tickets`.
    Ticket {
        /// Primary key.
        id: TicketId,
        /// The event it lets into.
        event_id: EventId,
        /// The order that paid for it.
        order_id: OrderId,
        /// Whom it lets in, once known.
        attendee_id: Option<AttendeeId>,
        /// The number that people quote, made by the database.
        ticket_number: String,
        /// What the QR code says: a secret that admits whoever shows it first, made by the database.
        qr_code: String,
        /// Whether it still lets somebody in; active at first.
        status: TicketStatus,
        /// When its holder was let in.
        checked_in_at: Option<Timestamp>,
        /// When the row was made.
        created_at: Timestamp,
        /// When the row last changed.
        updated_at: Timestamp,
    }
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
    All(Joined<TicketFilter>),
    /// At least one of these holds.
    Any(Joined<TicketFilter>),
    /// None of these holds.
    None(Joined<TicketFilter>),
    Id(TicketIdTest),
    EventId(EventIdTest),
    OrderId(OrderIdTest),
    AttendeeId(AttendeeIdTest),
    TicketNumber(TextTest),
    QrCode(TextTest),
    Status(TicketStatusTest),
    CheckedInAt(TimeTest),
    CreatedAt(TimeTest),
    UpdatedAt(TimeTest),
}

impl ToJson for TicketFilter {
    fn to_json(self) -> Value {
        match self {
            Self::All(filters) => json!({ "and": filters.to_json() }),
            Self::Any(filters) => json!({ "or": filters.to_json() }),
            Self::None(filters) => json!({ "not": { "or": filters.to_json() } }),
            Self::Id(test) => test.on("id"),
            Self::EventId(test) => test.on("event_id"),
            Self::OrderId(test) => test.on("order_id"),
            Self::AttendeeId(test) => test.on("attendee_id"),
            Self::TicketNumber(test) => test.on("ticket_number"),
            Self::QrCode(test) => test.on("qr_code"),
            Self::Status(test) => test.on("status"),
            Self::CheckedInAt(test) => test.on("checked_in_at"),
            Self::CreatedAt(test) => test.on("created_at"),
            Self::UpdatedAt(test) => test.on("updated_at"),
        }
    }
}

/// Which rows of `tickets` are read, and in what order.
#[derive(Debug, Clone, uniffi::Record)]
pub struct TicketQuery {
    /// All of these hold.
    #[uniffi(default = [])]
    pub filters: Vec<TicketFilter>,
    /// Of several columns, the first decides.
    #[uniffi(default = [])]
    pub order: Vec<TicketOrder>,
    /// At most so many rows.
    #[uniffi(default = None)]
    pub limit: Option<u64>,
    /// Without the first so many rows.
    #[uniffi(default = None)]
    pub offset: Option<u64>,
}

/// A column of `tickets` that rows are put in order by.
#[derive(Debug, Clone, uniffi::Record)]
pub struct TicketOrder {
    pub column: TicketColumn,
    pub direction: Direction,
}

impl TicketQuery {
    pub(crate) fn form(self) -> Form {
        let order = self.order.iter().map(|by| format!("{}.{}", by.column.name(), by.direction.suffix()));
        let form = Form::of("tickets").with("where", self.filters.to_json()).with("order", order.collect::<Vec<_>>());
        form.with_maybe("limit", self.limit).with_maybe("offset", self.offset)
    }
}

/// A page of `tickets`, and where the next one begins; nothing after the last one.
#[derive(Debug, uniffi::Record)]
pub struct TicketPage {
    pub rows: Vec<Ticket>,
    pub cursor: Option<String>,
}

#[uniffi::export]
impl Client {
    /// Reads rows of `tickets`.
    pub async fn read_tickets(
        self: Arc<Self>,
        query: TicketQuery,
        expected: Expected,
    ) -> Result<Vec<Ticket>, EventosError> {
        typed(self.rows(query.form(), expected).await?)
    }

    /// Reads a page of so many rows of `tickets`; the first without a cursor.
    #[uniffi::method(default(cursor = None))]
    pub async fn page_of_tickets(
        self: Arc<Self>,
        query: TicketQuery,
        size: u64,
        cursor: Option<String>,
    ) -> Result<TicketPage, EventosError> {
        let (rows, cursor) = self.page(query.form(), size, cursor).await?;
        Ok(TicketPage { rows: typed(rows)?, cursor })
    }
}

/// What a new row of `tickets` brings. What is left out, the database decides.
#[derive(Debug, Clone, uniffi::Record)]
pub struct NewTicket {
    /// Primary key.
    #[uniffi(default = None)]
    pub id: Option<TicketId>,
    /// The event it lets into.
    pub event_id: EventId,
    /// The order that paid for it.
    pub order_id: OrderId,
    /// Whom it lets in, once known.
    #[uniffi(default = None)]
    pub attendee_id: Option<AttendeeId>,
    /// The number that people quote, made by the database.
    #[uniffi(default = None)]
    pub ticket_number: Option<String>,
    /// What the QR code says: a secret that admits whoever shows it first, made by the database.
    #[uniffi(default = None)]
    pub qr_code: Option<String>,
    /// Whether it still lets somebody in; active at first.
    #[uniffi(default = None)]
    pub status: Option<TicketStatus>,
    /// When its holder was let in.
    #[uniffi(default = None)]
    pub checked_in_at: Option<Timestamp>,
    /// When the row was made.
    #[uniffi(default = None)]
    pub created_at: Option<Timestamp>,
}

impl ToJson for NewTicket {
    fn to_json(self) -> Value {
        let mut values = Map::new();
        if let Some(value) = self.id {
            values.insert("id".to_owned(), value.to_json());
        }
        values.insert("event_id".to_owned(), self.event_id.to_json());
        values.insert("order_id".to_owned(), self.order_id.to_json());
        if let Some(value) = self.attendee_id {
            values.insert("attendee_id".to_owned(), value.to_json());
        }
        if let Some(value) = self.ticket_number {
            values.insert("ticket_number".to_owned(), value.to_json());
        }
        if let Some(value) = self.qr_code {
            values.insert("qr_code".to_owned(), value.to_json());
        }
        if let Some(value) = self.status {
            values.insert("status".to_owned(), value.to_json());
        }
        if let Some(value) = self.checked_in_at {
            values.insert("checked_in_at".to_owned(), value.to_json());
        }
        if let Some(value) = self.created_at {
            values.insert("created_at".to_owned(), value.to_json());
        }
        values.into()
    }
}

/// What an update of `tickets` sets. What is not named stays as it is; a column that may be null is cleared by null.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum TicketChange {
    EventId(EventId),
    OrderId(OrderId),
    AttendeeId(Option<AttendeeId>),
    Status(TicketStatus),
    CheckedInAt(Option<Timestamp>),
}

impl TicketChange {
    fn set(self) -> (String, Value) {
        let (name, value) = match self {
            Self::EventId(value) => ("event_id", value.to_json()),
            Self::OrderId(value) => ("order_id", value.to_json()),
            Self::AttendeeId(value) => ("attendee_id", value.to_json()),
            Self::Status(value) => ("status", value.to_json()),
            Self::CheckedInAt(value) => ("checked_in_at", value.to_json()),
        };
        (name.to_owned(), value)
    }
}

#[uniffi::export]
impl Client {
    /// Makes rows of `tickets`, and gives them back.
    pub async fn insert_tickets(self: Arc<Self>, rows: Vec<NewTicket>) -> Result<Vec<Ticket>, EventosError> {
        let form = Form::of("tickets").with("insert", rows.to_json());
        typed(self.rows(form.with("select", every_column()), Expected::AnyNumber).await?)
    }

    /// Changes the rows of `tickets` of which a condition holds, and gives them back.
    pub async fn update_tickets(
        self: Arc<Self>,
        changes: Vec<TicketChange>,
        filter: TicketFilter,
    ) -> Result<Vec<Ticket>, EventosError> {
        let values: Map<String, Value> = changes.into_iter().map(TicketChange::set).collect();
        let form = Form::of("tickets").with("update", values).with("where", vec![filter.to_json()]);
        typed(self.rows(form.with("select", every_column()), Expected::AnyNumber).await?)
    }
}

record! {
    /// A row of `event_stats`.
    EventStats {
        /// The event.
        event_id: EventId,
        /// Its title.
        event_name: String,
        /// The most tickets it sells.
        capacity: i64,
        /// Tickets sold: active and used ones.
        tickets_sold: i64,
        /// Tickets left: capacity less tickets sold.
        tickets_available: i64,
        /// Sold tickets whose holders have not come yet.
        tickets_active: i64,
        /// Sold tickets whose holders were let in.
        tickets_used: i64,
        /// Cancelled tickets.
        tickets_cancelled: i64,
    }
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
    All(Joined<EventStatsFilter>),
    /// At least one of these holds.
    Any(Joined<EventStatsFilter>),
    /// None of these holds.
    None(Joined<EventStatsFilter>),
    EventId(EventIdTest),
    EventName(TextTest),
    Capacity(NumberTest),
    TicketsSold(NumberTest),
    TicketsAvailable(NumberTest),
    TicketsActive(NumberTest),
    TicketsUsed(NumberTest),
    TicketsCancelled(NumberTest),
}

impl ToJson for EventStatsFilter {
    fn to_json(self) -> Value {
        match self {
            Self::All(filters) => json!({ "and": filters.to_json() }),
            Self::Any(filters) => json!({ "or": filters.to_json() }),
            Self::None(filters) => json!({ "not": { "or": filters.to_json() } }),
            Self::EventId(test) => test.on("event_id"),
            Self::EventName(test) => test.on("event_name"),
            Self::Capacity(test) => test.on("capacity"),
            Self::TicketsSold(test) => test.on("tickets_sold"),
            Self::TicketsAvailable(test) => test.on("tickets_available"),
            Self::TicketsActive(test) => test.on("tickets_active"),
            Self::TicketsUsed(test) => test.on("tickets_used"),
            Self::TicketsCancelled(test) => test.on("tickets_cancelled"),
        }
    }
}

/// Which rows of `event_stats` are read, and in what order.
#[derive(Debug, Clone, uniffi::Record)]
pub struct EventStatsQuery {
    /// All of these hold.
    #[uniffi(default = [])]
    pub filters: Vec<EventStatsFilter>,
    /// Of several columns, the first decides.
    #[uniffi(default = [])]
    pub order: Vec<EventStatsOrder>,
    /// At most so many rows.
    #[uniffi(default = None)]
    pub limit: Option<u64>,
    /// Without the first so many rows.
    #[uniffi(default = None)]
    pub offset: Option<u64>,
}

/// A column of `event_stats` that rows are put in order by.
#[derive(Debug, Clone, uniffi::Record)]
pub struct EventStatsOrder {
    pub column: EventStatsColumn,
    pub direction: Direction,
}

impl EventStatsQuery {
    pub(crate) fn form(self) -> Form {
        let order = self.order.iter().map(|by| format!("{}.{}", by.column.name(), by.direction.suffix()));
        let form =
            Form::of("event_stats").with("where", self.filters.to_json()).with("order", order.collect::<Vec<_>>());
        form.with_maybe("limit", self.limit).with_maybe("offset", self.offset)
    }
}

/// A page of `event_stats`, and where the next one begins; nothing after the last one.
#[derive(Debug, uniffi::Record)]
pub struct EventStatsPage {
    pub rows: Vec<EventStats>,
    pub cursor: Option<String>,
}

#[uniffi::export]
impl Client {
    /// Reads rows of `event_stats`.
    pub async fn read_event_stats(
        self: Arc<Self>,
        query: EventStatsQuery,
        expected: Expected,
    ) -> Result<Vec<EventStats>, EventosError> {
        typed(self.rows(query.form(), expected).await?)
    }

    /// Reads a page of so many rows of `event_stats`; the first without a cursor.
    #[uniffi::method(default(cursor = None))]
    pub async fn page_of_event_stats(
        self: Arc<Self>,
        query: EventStatsQuery,
        size: u64,
        cursor: Option<String>,
    ) -> Result<EventStatsPage, EventosError> {
        let (rows, cursor) = self.page(query.form(), size, cursor).await?;
        Ok(EventStatsPage { rows: typed(rows)?, cursor })
    }
}

/// A query of any table.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum TableQuery {
    Profiles(ProfileQuery),
    Venues(VenueQuery),
    Events(EventQuery),
    Orders(OrderQuery),
    Attendees(AttendeeQuery),
    Tickets(TicketQuery),
    EventStats(EventStatsQuery),
}

impl TableQuery {
    pub(crate) fn form(self) -> Form {
        match self {
            Self::Profiles(query) => query.form(),
            Self::Venues(query) => query.form(),
            Self::Events(query) => query.form(),
            Self::Orders(query) => query.form(),
            Self::Attendees(query) => query.form(),
            Self::Tickets(query) => query.form(),
            Self::EventStats(query) => query.form(),
        }
    }
}

/// Which rows are removed: those of a table of which a condition holds.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum Deletion {
    Profiles(ProfileFilter),
    Venues(VenueFilter),
    Events(EventFilter),
    Orders(OrderFilter),
    Attendees(AttendeeFilter),
    Tickets(TicketFilter),
}

impl Deletion {
    pub(crate) fn form(self) -> Form {
        let (table, filter) = match self {
            Self::Profiles(filter) => ("profiles", filter.to_json()),
            Self::Venues(filter) => ("venues", filter.to_json()),
            Self::Events(filter) => ("events", filter.to_json()),
            Self::Orders(filter) => ("orders", filter.to_json()),
            Self::Attendees(filter) => ("attendees", filter.to_json()),
            Self::Tickets(filter) => ("tickets", filter.to_json()),
        };
        Form::of(table).with("delete", true).with("where", vec![filter])
    }
}

/// What a write gives back of each row.
fn every_column() -> Value {
    json!({ "*": 1 })
}
