package io.jeton.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jeton.admin.KeyDocument;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of a rotation.
 *
 * @param timetable the keys of the algorithm as they are now; null where it was refused
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record Rotated(String algorithm, boolean rotated, String detail, KeyDocument.@Nullable Timetable timetable) {

    static Answer answer(List<Rotated> all) {
        String text = all.stream().map(one -> one.algorithm + ": " + one.detail).collect(Collectors.joining("\n"));
        return new Answer(all, text, all.stream().allMatch(Rotated::rotated) ? ExitCode.DONE : ExitCode.FAILED);
    }
}
