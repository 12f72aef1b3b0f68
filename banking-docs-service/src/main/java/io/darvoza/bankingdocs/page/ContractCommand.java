package io.darvoza.bankingdocs.page;

import io.darvoza.common.desk.Facts;
import io.darvoza.common.desk.Form;
import io.darvoza.common.desk.OwnOperations;
import io.darvoza.common.problem.CommonProblem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * What a form on a contract's page asks for.
 *
 * @param version the contract's, as the form knew it
 * @param partner whose grant it is about
 * @param body the operation's own members
 */
record ContractCommand(String word, @Nullable String version, String partner, Map<String, Object> body) {

    static ContractCommand of(MultiValueMap<String, String> form) {
        String partner = form.getFirst("partner");
        return new ContractCommand(
                String.valueOf(form.getFirst("command")),
                form.getFirst("version"),
                partner == null || partner.isBlank() ? "-" : partner.strip(),
                Form.json(form, "command", "version", "partner"));
    }

    /** Runs it; the word of what was done. */
    Mono<String> send(OwnOperations operations, ServerWebExchange exchange, long id) {
        String contract = ContractPages.CONTRACTS + "/" + id;
        String grant = contract + "/grants/" + URLEncoder.encode(partner, StandardCharsets.UTF_8);
        Mono<Facts> answer = switch (word) {
            case "status" -> operations.send(exchange, HttpMethod.PUT, contract + "/status", version, body);
            case "link" -> operations.send(exchange, HttpMethod.POST, contract + "/link", null, body);
            case "link-status" -> operations.send(exchange, HttpMethod.PUT, contract + "/link", null, body);
            case "grant" -> operations.send(exchange, HttpMethod.PUT, grant, null, Map.of());
            case "withdraw" -> operations.send(exchange, HttpMethod.DELETE, grant, null, Map.of());
            default -> Mono.error(CommonProblem.VALIDATION_FAILED.exception().error("/command", "unknown"));
        };
        return answer.thenReturn(word);
    }
}
