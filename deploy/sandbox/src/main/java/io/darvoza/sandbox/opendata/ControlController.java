package io.darvoza.sandbox.opendata;

import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tells the played portal how to feel. The real one has nothing of the kind. */
@RestController
@RequestMapping("/opendata/control")
class ControlController {

    private final Portal portal;

    ControlController(Portal portal) {
        this.portal = portal;
    }

    /** What came, in the order of its coming. */
    record Requests(int count, List<Portal.Asked> requests) {}

    /** The keys that count from now on. */
    record Keys(Set<String> keys) {}

    /** Another limit. */
    record Limit(int perMinute) {}

    @PutMapping("/behaviour")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void behave(@RequestBody Behaviour behaviour) {
        portal.behave(behaviour);
    }

    @PutMapping("/keys")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void know(@RequestBody Keys keys) {
        portal.know(keys.keys());
    }

    @PutMapping("/limit")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void limit(@RequestBody Limit limit) {
        portal.limit(limit.perMinute());
    }

    @GetMapping("/requests")
    Requests requests() {
        List<Portal.Asked> asked = portal.asked();
        return new Requests(asked.size(), asked);
    }

    /** Forgets what came, and feels well again. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reset() {
        portal.reset();
    }
}
