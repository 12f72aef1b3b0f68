package io.darvoza.egov.number;

import io.darvoza.common.masking.Masked;

/** A number that can be verified: of the right characters and length, whether or not it was ever issued. */
public sealed interface DocumentNumber extends Masked permits Iin, Bin, PassportNumber {

    DocumentType type();
}
