package io.jeton.device.fleet;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file of devices as CSV (RFC 4180): the header line names the columns, an empty field says nothing. */
final class CsvLines {
    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();
    private static final String NOT_CSV =
            "the line is not CSV: a quote is missing or stands where it must not; what follows was not read";

    private CsvLines() {}

    static EnrolmentFile read(String text, EnrolmentLines lines) {
        Iterator<Integer> numbers = CsvRecords.lines(text).iterator();
        int number = 1;
        try (MappingIterator<String[]> records =
                MAPPER.readerFor(String[].class).readValues(text)) {
            number = next(numbers, number);
            if (!records.hasNextValue()) {
                return lines.stopped(number, "the file is empty: its first line names the columns");
            }
            List<String> header = List.of(records.nextValue());
            Optional<String> wrong = wrong(header);
            if (wrong.isPresent()) {
                return lines.stopped(number, wrong.get());
            }
            number = next(numbers, number);
            while (records.hasNextValue()) {
                String[] values = records.nextValue();
                if (!lines.add(number, at -> line(at, header, values))) {
                    return lines.stopped();
                }
                number = next(numbers, number);
            }
            return lines.done();
        } catch (IOException e) {
            return lines.stopped(number, NOT_CSV);
        }
    }

    private static int next(Iterator<Integer> numbers, int last) {
        return numbers.hasNext() ? numbers.next() : last;
    }

    private static Optional<String> wrong(List<String> header) {
        if (!EnrolmentLine.COLUMNS.containsAll(header)) {
            return Optional.of(
                    "an unknown column: there are serial, model, name, owner, public_jwk and key_thumbprint");
        }
        if (new HashSet<>(header).size() < header.size()) {
            return Optional.of("a column stands there twice");
        }
        if (!header.contains("serial")) {
            return Optional.of("the column serial is missing");
        }
        return header.contains(EnrolmentLine.JWK) || header.contains(EnrolmentLine.THUMBPRINT)
                ? Optional.empty()
                : Optional.of("the columns public_jwk and key_thumbprint are missing: one of them is needed");
    }

    private static EnrolmentLine line(int number, List<String> header, String[] values) {
        if (values.length != header.size()) {
            throw new BadLineException("the line has " + values.length + " fields, the header has " + header.size());
        }
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            if (!values[i].isEmpty()) {
                fields.put(header.get(i), values[i]);
            }
        }
        Optional<DeviceKey> key =
                Optional.ofNullable(fields.get(EnrolmentLine.JWK)).map(JsonFields::key);
        return EnrolmentLine.of(number, fields, key);
    }
}
