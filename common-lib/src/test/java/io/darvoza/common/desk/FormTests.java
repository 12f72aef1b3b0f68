package io.darvoza.common.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;

class FormTests {

    @Test
    void isTheJsonThatItsNamesSay() {
        var form = new LinkedMultiValueMap<String, String>();
        form.add("command", "change");
        form.add("name", " New ");
        form.add("comment", "  ");
        form.add("deposit/bps:number", "250");
        form.add("deposit/min:amount", "1 000,50");
        form.add("ttl_seconds:number", "soon");
        form.add("may_owe:yes", "on");
        form.add("partners:list", "a");
        form.add("partners:list", "b");

        assertThat(Form.json(form, "command"))
                .isEqualTo(Map.of(
                        "name",
                        "New",
                        "deposit",
                        Map.of("bps", 250L, "min", "1000.50"),
                        "ttl_seconds",
                        "soon",
                        "may_owe",
                        true,
                        "partners",
                        List.of("a", "b")));
    }
}
