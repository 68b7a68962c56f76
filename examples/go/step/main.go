// The step Enrich: adds the country of each article number (GS1 prefix), and rejects numbers with a wrong check digit.
//
// It holds the step contract: pointers come in, pointers and counts go out. Rows go through temporary files, so memory
// does not grow with the file.
package main

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"slices"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// Object is a pointer to an object of S3.
type Object struct {
	Bucket string `json:"bucket"`
	Key    string `json:"key"`
}

// Event is what a step gets.
type Event struct {
	Data         Object `json:"data"`
	OutputPrefix string `json:"outputPrefix"`
}

// Counts are those of this step alone.
type Counts struct {
	RowsRead     int `json:"rowsRead"`
	RowsWritten  int `json:"rowsWritten"`
	RowsRejected int `json:"rowsRejected"`
	RowsFiltered int `json:"rowsFiltered"`
}

// Result is what a step returns.
type Result struct {
	Data    Object  `json:"data"`
	Rejects *Object `json:"rejects,omitempty"`
	Counts  Counts  `json:"counts"`
}

// A few prefixes of https://www.gs1.org/standards/id-keys/company-prefix
var countries = map[string]string{"400": "Germany", "590": "Poland", "978": "Books"}

func enrich(ctx context.Context, client *s3.Client, event Event) (result Result, err error) {
	object, err := client.GetObject(ctx, &s3.GetObjectInput{Bucket: &event.Data.Bucket, Key: &event.Data.Key})
	if err != nil {
		return result, err
	}
	defer object.Body.Close()

	data, err := newOutput()
	if err != nil {
		return result, err
	}
	defer data.close()
	rejects, err := newOutput()
	if err != nil {
		return result, err
	}
	defer rejects.close()
	if result.Counts, err = split(csv.NewReader(object.Body), data.rows, rejects.rows); err != nil {
		return result, err
	}

	result.Data = Object{event.Data.Bucket, event.OutputPrefix + "data.csv"}
	if err = data.put(ctx, client, result.Data); err != nil || result.Counts.RowsRejected == 0 {
		return result, err
	}
	result.Rejects = &Object{event.Data.Bucket, event.OutputPrefix + "rejects.csv"}
	return result, rejects.put(ctx, client, *result.Rejects)
}

// split writes each row to the data or to the rejects.
func split(rows *csv.Reader, data, rejects *csv.Writer) (counts Counts, err error) {
	header, err := rows.Read()
	if err != nil {
		return counts, err
	}
	ean := slices.Index(header, "ean")
	_ = data.Write(append(header, "registered_in"))
	_ = rejects.Write([]string{"_row", "_column", "_code", "_message"})
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return counts, err
		}
		counts.RowsRead++
		if isArticleNumber(row[ean]) {
			counts.RowsWritten++
			_ = data.Write(append(row, countries[row[ean][:3]]))
		} else {
			counts.RowsRejected++
			_ = rejects.Write([]string{row[0], "ean", "wrong-check-digit", "ean has a wrong check digit"})
		}
	}
	data.Flush()
	rejects.Flush()
	return counts, errors.Join(data.Error(), rejects.Error())
}

// isArticleNumber tells whether the digits of an EAN-13, weighted 1 and 3 in turn, add up to a multiple of ten.
func isArticleNumber(text string) bool {
	sum := 0
	for place, digit := range text {
		sum += int(digit-'0') * (1 + 2*(place%2))
	}
	return sum%10 == 0
}

// output is a CSV file on its way to S3.
type output struct {
	file *os.File
	rows *csv.Writer
}

func newOutput() (*output, error) {
	file, err := os.CreateTemp("", "rows")
	if err != nil {
		return nil, err
	}
	return &output{file, csv.NewWriter(file)}, nil
}

func (o *output) put(ctx context.Context, client *s3.Client, to Object) error {
	if _, err := o.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := client.PutObject(ctx, &s3.PutObjectInput{Bucket: &to.Bucket, Key: aws.String(to.Key), Body: o.file})
	return err
}

func (o *output) close() {
	_ = o.file.Close()
	_ = os.Remove(o.file.Name())
}

func main() {
	settings, err := config.LoadDefaultConfig(context.Background())
	if err != nil {
		panic(err)
	}
	// Buckets in the path, as the local run has them.
	client := s3.NewFromConfig(settings, func(options *s3.Options) { options.UsePathStyle = true })
	lambda.Start(func(ctx context.Context, event Event) (Result, error) { return enrich(ctx, client, event) })
}
