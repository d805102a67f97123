// Reads an exposition body with Prometheus' own parser and prints its speed in MB/s of CPU time, that of
// collecting garbage included, after some milliseconds of warming up: `textparse FILE ROUNDS WARM_MS`.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"syscall"
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
	warm, err := strconv.Atoi(os.Args[3])
	if err != nil {
		panic(err)
	}
	until := time.Now().Add(time.Duration(warm) * time.Millisecond)
	for count(body); time.Now().Before(until); {
		count(body)
	}
	before := cpuSeconds()
	for range rounds {
		count(body)
	}
	megabytes := float64(len(body)) * float64(rounds) / (1 << 20)
	fmt.Printf("%.0f\n", megabytes/(cpuSeconds()-before))
}

// cpuSeconds is what this process and its threads have used.
func cpuSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
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
