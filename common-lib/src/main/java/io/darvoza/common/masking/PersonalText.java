package io.darvoza.common.masking;

import com.fasterxml.jackson.annotation.JsonValue;

/** Personal text without a form of its own, such as an address or a date of birth; masked wholly. */
public record PersonalText(String reveal) implements Masked {

    @Override
    @JsonValue
    public String toString() {
        return "•••";
    }
}
