package io.jeton.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nayuki.qrcodegen.QrCode;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrCodeImageTest {
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\d+z");

    @Test
    void thePathDrawsEveryDarkModuleAndNoOther() {
        String text = "https://tokens.example.com/device?user_code=BCDF-GHJK";
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        boolean[][] drawn = new boolean[code.size + 8][code.size + 8];
        for (MatchResult run : RUN.matcher(QrCodeImage.svg(text)).results().toList()) {
            int x = Integer.parseInt(run.group(1));
            for (int i = 0; i < Integer.parseInt(run.group(3)); i++) {
                drawn[Integer.parseInt(run.group(2))][x + i] = true;
            }
        }
        for (int y = 0; y < drawn.length; y++) {
            for (int x = 0; x < drawn.length; x++) {
                assertEquals(code.getModule(x - 4, y - 4), drawn[y][x], x + "," + y);
            }
        }
    }
}
