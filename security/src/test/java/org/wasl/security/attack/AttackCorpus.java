package org.wasl.security.attack;

import java.util.List;
import java.util.stream.Stream;

/** Every named attack, in a fixed order. {@code docs/attack-corpus.md} counts them. */
final class AttackCorpus {

    private AttackCorpus() {}

    static List<Attack> all() {
        return Stream.of(
                        WrappingAttacks.all(),
                        ReferenceAttacks.all(),
                        ZipEntryAttacks.all(),
                        ZipNameAttacks.all(),
                        ZipFieldAttacks.all(),
                        EncodingAttacks.all(),
                        EncodingAttacks.tolerated(),
                        EntityAttacks.all(),
                        XmlShapeAttacks.all(),
                        HeaderAttacks.all(),
                        AlgorithmAttacks.all(),
                        KeyAttacks.all(),
                        ValueAttacks.all(),
                        CertificateAttacks.all(),
                        ContentAttacks.all())
                .flatMap(attacks -> attacks)
                .toList();
    }
}
