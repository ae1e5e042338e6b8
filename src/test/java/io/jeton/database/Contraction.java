package io.jeton.database;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What in a migration would break the version before it, which goes on serving meanwhile. */
final class Contraction {
    private static final String MARK = "-- contract: since ";
    private static final Pattern CREATED = Pattern.compile("create table (?:if not exists )?(\\w+)");
    private static final Pattern CHANGED =
            Pattern.compile("(?:alter table (?:if exists )?(?:only )?|create unique index .*?\\bon )(\\w+)");

    /** In normalised statements; the second ones concern only tables that were there before. */
    private static final Map<String, Pattern> ALWAYS = Map.of(
            "drops",
                    Pattern.compile(
                            "^drop (table|view|function|type|schema|trigger|sequence)|^alter table .*drop column"),
            "renames", Pattern.compile("^alter .*\\brename\\b"),
            "changes a type", Pattern.compile("^alter table .*alter column \\w+ (set data )?type"),
            "truncates", Pattern.compile("^truncate\\b"));

    private static final Map<String, Pattern> ON_OLD_TABLES = Map.of(
            "forbids null", Pattern.compile("set not null"),
            "adds a column that the former version leaves out",
                    Pattern.compile(
                            "add column (?!(?:[^,(]|\\([^)]*\\))*\\bdefault\\b)(?:[^,(]|\\([^)]*\\))*\\bnot null"),
            "adds a constraint", Pattern.compile("\\badd (constraint|check|unique|foreign key|primary key)"),
            "adds a unique index", Pattern.compile("create unique index"));

    private Contraction() {}

    static List<String> problems(String sql) {
        List<String> problems = new ArrayList<>();
        Set<String> created = new HashSet<>();
        for (String statement : statements(sql)) {
            String plain = plain(statement);
            Matcher table = CREATED.matcher(plain);
            if (table.lookingAt()) {
                boolean unused = created.add(table.group(1));
            } else if (!statement.strip().startsWith(MARK)) {
                Matcher changed = CHANGED.matcher(plain);
                boolean old = changed.find() && !created.contains(changed.group(1));
                ALWAYS.forEach((what, pattern) -> add(problems, plain, what, pattern));
                if (old) {
                    ON_OLD_TABLES.forEach((what, pattern) -> add(problems, plain, what, pattern));
                }
            }
        }
        return problems;
    }

    private static void add(List<String> problems, String statement, String what, Pattern pattern) {
        if (pattern.matcher(statement).find()) {
            problems.add(what + ": " + statement);
        }
    }

    /** With the comments before each; what stands between dollars is one. */
    private static List<String> statements(String sql) {
        List<String> all = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        boolean quoted = false;
        for (String part : sql.split("(?<=;)|(?=\\$\\w*\\$)|(?<=\\$\\$)", -1)) {
            if (part.startsWith("$")) {
                quoted = !quoted;
            }
            statement.append(part);
            if (part.endsWith(";") && !quoted) {
                all.add(statement.toString());
                statement.setLength(0);
            }
        }
        all.add(statement.toString());
        return all;
    }

    private static String plain(String statement) {
        return statement
                .replaceAll("--[^\\n]*", " ")
                .replaceAll("\\s+", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
