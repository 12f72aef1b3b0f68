package io.darvoza.bankingdocs.contract;

import io.darvoza.bankingdocs.contract.model.Contract;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A contract. */
@Schema(name = "Contract")
record ContractResponse(long contractId, long userId, String status, String description, Instant createdAt) {

    static ContractResponse from(Contract contract) {
        return new ContractResponse(
                contract.id(),
                contract.ownerId(),
                contract.status().word(),
                contract.description(),
                contract.createdAt());
    }
}
