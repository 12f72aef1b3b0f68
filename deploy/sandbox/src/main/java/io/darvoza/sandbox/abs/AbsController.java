package io.darvoza.sandbox.abs;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tells the played АБС what to do. Until it is told anything, it is silent. */
@RestController
@ConditionalOnProperty("spring.kafka.bootstrap-servers")
@RequestMapping("/abs")
class AbsController {

    private final PlayedAbs abs;

    AbsController(PlayedAbs abs) {
        this.abs = abs;
    }

    /** What it has heard of, in the order of its coming. */
    record Heard(List<HeardDocument> documents) {}

    @GetMapping("/documents")
    Heard heard() {
        return new Heard(abs.heard());
    }

    /** How it answers about every document from now on. */
    @PutMapping("/behaviour")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void behave(@RequestBody Manner manner) {
        abs.behave(manner);
    }

    /** Answers about one document; 404 for one that it has not heard of. */
    @PutMapping("/documents/{id}/answer")
    ResponseEntity<HeardDocument> answer(@PathVariable long id, @RequestBody Manner manner) {
        return ResponseEntity.of(abs.answer(id, manner));
    }
}
