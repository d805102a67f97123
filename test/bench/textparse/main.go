// Reads an exposition body with Prometheus' own parser and prints its speed in MB/s: `textparse FILE ROUNDS`.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

func main() {
	body, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	rounds, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	best := time.Duration(1 << 62)
	for range rounds {
		started := time.Now()
		count(body)
		best = min(best, time.Since(started))
	}
	fmt.Printf("%.0f\n", float64(len(body))/(1<<20)/best.Seconds())
}

// count reads all samples with their labels, as a scrape does.
func count(body []byte) (series int) {
	parser := textparse.NewPromParser(body, labels.NewSymbolTable(), false)
	for {
		entry, err := parser.Next()
		if errors.Is(err, io.EOF) {
			return series
		}
		if err != nil {
			panic(err)
		}
		if entry == textparse.EntrySeries {
			var metric labels.Labels
			parser.Labels(&metric)
			series++
		}
	}
}
