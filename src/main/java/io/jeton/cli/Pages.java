package io.jeton.cli;

import io.jeton.managed.Page;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.ArgSpec;

/** Lists that a person reads to their end. */
final class Pages {
    private static final String CONTAINING = "--containing";
    private static final int SIZE = 200;

    private Pages() {}

    static ArgSpec containing(String what) {
        return Words.text(CONTAINING, "TEXT", "Only those whose " + what + " contains this, in whatever case.");
    }

    /** All there are, page after page. */
    static <T, D> Uni<List<D>> all(Order order, Function<Page.Request, Uni<Page<T>>> lister, Function<T, D> document) {
        Page.Request first = new Page.Request("", order.text(CONTAINING).orElse(""), SIZE);
        return from(first, lister, new ArrayList<>())
                .map(all -> all.stream().map(document).toList());
    }

    private static <T> Uni<List<T>> from(
            Page.Request request, Function<Page.Request, Uni<Page<T>>> lister, List<T> found) {
        return lister.apply(request).chain(page -> {
            found.addAll(page.items());
            return page.next()
                    .map(after -> from(new Page.Request(after, request.containing(), SIZE), lister, found))
                    .orElseGet(() -> Uni.createFrom().item(found));
        });
    }
}
