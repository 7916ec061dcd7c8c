package org.eventos.checkin.compose

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.material3.Button
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.launch
import org.eventos.EventosException
import org.eventos.checkin.DoorViewModel
import org.eventos.checkin.ScanFate
import org.eventos.checkin.inWords
import org.eventos.checkin.verdict
import org.eventos.isForbidden

/** A door's page: its figures, a field for codes, and the light. [model] outlives the page: keep it in a `ViewModel`. */
@Composable
fun DoorPage(model: DoorViewModel) {
    val screen by model.screen.collectAsState()
    val scope = rememberCoroutineScope()
    var code by remember { mutableStateOf("") }
    var problem by remember { mutableStateOf<String?>(null) }

    LaunchedEffect(model) {
        try {
            model.refresh()
        } catch (error: EventosException) {
            problem = if (error.isForbidden) "This door is not yours: ask its organizer for a door token." else inWords(error)
        }
        model.refreshEvery()
    }

    Column(verticalArrangement = Arrangement.spacedBy(12.dp)) {
        problem?.let { Text(it) }
        screen.figures?.let { Text("${it.admitted} in, ${it.expected} to come") }
        Row(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
            OutlinedTextField(code, onValueChange = { code = it }, label = { Text("Code") }, singleLine = true)
            Button(
                onClick = {
                    val scanned = code
                    code = ""
                    scope.launch {
                        model.scan(scanned)
                        model.refreshIfPossible()
                    }
                },
            ) { Text("Check in") }
        }
        when (val fate = screen.scan) {
            is ScanFate.Answered -> verdict(fate.answer).let {
                Text("${it.mark} ${it.word}${it.rest}", color = if (it.isYes) Color.Green else Color.Red)
            }
            is ScanFate.Unanswered -> Text("No answer: ${inWords(fate.error)} This is no verdict: scan again.")
            null -> Text("Ready")
        }
    }
}
