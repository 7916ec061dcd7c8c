package org.eventos.scenarios

import java.time.Instant
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import org.eventos.Client
import org.eventos.Door
import org.eventos.DoorSettings
import org.eventos.DoorTokenId
import org.eventos.EventId
import org.eventos.Guest
import org.eventos.OrderId
import org.eventos.ProfileId
import org.eventos.ScanId
import org.eventos.TicketId
import org.eventos.Window
import org.eventos.fetch
import org.eventos.generateOrderNumber
import org.eventos.generateQrPayload
import org.eventos.generateSlug
import org.eventos.generateTicketNumber
import org.eventos.parseOrderNumber
import org.eventos.parseQrPayload
import org.eventos.parseSlug
import org.eventos.parseTicketNumber
import org.eventos.qrPayloadBytes
import org.eventos.qrPayloadFromScan

/** Makes a call that scenarios know by name, and gives what it gives as JSON. [open] makes the client. */
suspend fun made(call: String, input: JsonObject, open: suspend () -> Client): JsonElement =
    code(call, input) ?: called(open(), call, input)

/** What is said of a code, for which nothing is sent. */
private fun code(call: String, input: JsonObject): JsonElement? {
    val text by lazy { input.text("text")!! }
    val createdAt by lazy { input.time("created_at")!! }
    return plain(
        when (call) {
            "slug.generate" -> generateSlug(input.text("name")!!, EventId(input.id))
            "slug.parse" -> parseSlug(text)
            "order_number.generate" -> generateOrderNumber(OrderId(input.id), createdAt)
            "order_number.parse" -> parseOrderNumber(text)
            "ticket_number.generate" -> generateTicketNumber(TicketId(input.id), createdAt)
            "ticket_number.parse" -> parseTicketNumber(text)
            "qr_payload.generate" -> generateQrPayload(input.text("bytes")!!.chunked(2) { it.toString().toInt(16).toByte() }.toByteArray())
            "qr_payload.parse" -> mapOf(
                "text" to parseQrPayload(text),
                "bytes" to qrPayloadBytes(text).joinToString("") { "%02x".format(it) },
            )
            "qr_payload.from_scan" -> qrPayloadFromScan(text)
            else -> return null
        },
    )
}

private suspend fun called(client: Client, call: String, input: JsonObject): JsonElement = when (call) {
    "client" -> JsonNull
    "query" -> client.fetch(input.toString(), Json::parseToJsonElement)
    "listing.upcoming" -> plain(client.upcoming(input.getValue("limit").number.toULong()))
    "purchase.place" -> plain(
        client.placeOrder(input.orderId, ProfileId(input.text("customer_id")!!), input.eventId, input.getValue("quantity").number.toInt()),
    )
    "purchase.cancel" -> plain(client.cancelOrder(input.orderId))
    "purchase.available_seats" -> plain(client.availableSeats(input.eventId))
    "fulfilment.fulfil" -> fulfilled(client, input)
    "refund" -> plain(client.refundOrder(input.orderId))
    "check_in" -> JsonArray(door(client, input).let { door -> input.objects("scans").map { checkedIn(door, it) } })
    "check_in.undo" -> plain(door(client, input).undo(ScanId(input.text("scan_id")!!), input.text("reason")!!))
    "check_in.stats" -> plain(door(client, input).stats())
    "check_in.attendees" -> plain(door(client, input).attendees(input.text("search")!!))
    "door_tokens.issue" -> issued(client, input)
    "door_tokens.revoke" -> plain(client.revokeDoorToken(DoorTokenId(input.text("token_id")!!)))
    "door_tokens.list" -> plain(client.doorTokens(input.eventId))
    "dashboard" -> plain(client.dashboard(input.organizerId))
    "revenue" -> plain(client.revenue(input.organizerId))
    else -> error("there is no call $call")
}

/** What is fulfilled, of the order and the holders only what every surface tells. */
private suspend fun fulfilled(client: Client, input: JsonObject): JsonElement {
    val guests = input.objects("attendees").map { Guest(it.text("full_name")!!, it.text("email")!!, it.text("phone")) }
    val told = plain(client.fulfilOrder(input.orderId, input.text("payment_intent_id")!!, input.time("paid_at")!!, guests)).jsonObject
    if (told.text("outcome") != "fulfilled") return told
    val shown = setOf("id", "order_number", "quantity", "total_cents", "payment_status")
    val order = JsonObject(told.getValue("order").jsonObject.filterKeys { it in shown })
    val tickets = told.getValue("tickets").jsonArray.map { ticket ->
        val holder = (ticket.jsonObject["attendee"] as? JsonObject)?.get("full_name") ?: JsonNull
        JsonObject(ticket.jsonObject + ("attendee" to holder))
    }
    return JsonObject(told + ("order" to order) + ("tickets" to JsonArray(tickets)))
}

private suspend fun checkedIn(door: Door, scan: JsonObject): JsonElement =
    plain(door.checkIn(scan.text("code")!!, scan.text("scan_id")?.let(::ScanId), scan.time("scanned_at")))

private suspend fun issued(client: Client, input: JsonObject): JsonElement =
    plain(client.issueDoorToken(input.eventId, input.text("label")!!, input.time("expires_at"), input.window))

private fun door(client: Client, input: JsonObject): Door {
    val settings = DoorSettings(input.text("door_token"), input.text("device"), input.text("gate"), input.window)
    return client.door(input.eventId, settings)
}

private val JsonObject.id: String get() = text("id")!!
private val JsonObject.orderId get() = OrderId(text("order_id")!!)
private val JsonObject.eventId get() = EventId(text("event_id")!!)
private val JsonObject.organizerId get() = ProfileId(text("organizer_id")!!)
private val JsonObject.window: Window?
    get() = get("window")?.jsonObject?.let { Window(it.time("opens_at")!!, it.time("closes_at")!!) }
